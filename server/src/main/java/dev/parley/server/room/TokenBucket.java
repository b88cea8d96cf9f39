package dev.parley.server.room;

/** Allows a number of things at once and then so many a second. Time is given by the caller. Not thread-safe. */
public final class TokenBucket {
    private final double burst;
    private final double perNano;
    private double tokens;
    private long last;

    /** Starts full. */
    public TokenBucket(long now, int burst, double perSecond) {
        this.burst = burst;
        this.perNano = perSecond / 1e9;
        this.tokens = burst;
        this.last = now;
    }

    /** Takes one if there is one. {@code now} is monotonic nanoseconds. */
    public boolean take(long now) {
        refill(now);
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Whether nothing has been taken lately. */
    boolean isFull(long now) {
        refill(now);
        return tokens >= burst;
    }

    private void refill(long now) {
        tokens = Math.min(burst, tokens + Math.max(0, now - last) * perNano);
        last = now;
    }
}
