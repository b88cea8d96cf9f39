package dev.parley.socketio.engine;

/** Limits a rate and allows bursts. Knows no clock; not thread-safe. */
public final class TokenBucket {
    private final double perNanosecond;
    private final double capacity;
    private double tokens;
    private long last;

    /**
     * A full bucket.
     *
     * @param perSecond tokens that come back each second
     * @param burst     the most that it holds
     * @param now       monotonic nanoseconds
     */
    public TokenBucket(double perSecond, int burst, long now) {
        this.perNanosecond = perSecond / 1e9;
        this.capacity = burst;
        this.tokens = burst;
        this.last = now;
    }

    /** Takes one token; false if there is none. */
    public boolean take(long now) {
        tokens = Math.min(capacity, tokens + Math.max(0, now - last) * perNanosecond);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
