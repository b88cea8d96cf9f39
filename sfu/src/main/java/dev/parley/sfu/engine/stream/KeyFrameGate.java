package dev.parley.sfu.engine.stream;

/**
 * Lets at most two key-frame requests a second through to a publisher, however many ask. A request that comes too early
 * is remembered and sent when the gate opens; one that stays unanswered is repeated a few times, because feedback gets
 * lost.
 */
public final class KeyFrameGate {
    /** Between two requests. */
    public static final long MIN_INTERVAL_NANOS = 500_000_000;

    private static final long REPEAT_NANOS = 1_000_000_000;
    private static final int MAX_REPEATS = 5;

    private boolean everSent;
    private long lastSent;
    private long due = Long.MAX_VALUE;
    private int repeats;

    /** Somebody needs a key frame: it becomes due now, or as soon as the gate is open. */
    public void request(long now) {
        repeats = 0;
        due = Math.min(due, everSent ? Math.max(now, lastSent + MIN_INTERVAL_NANOS) : now);
    }

    /** A key frame begins to arrive: nobody needs to ask any more. */
    public void keyFrameArrived() {
        due = Long.MAX_VALUE;
    }

    /** When {@link #poll} will have something to send; {@link Long#MAX_VALUE} when never. */
    public long nextTimeout() {
        return due;
    }

    /** Whether a request must be sent now; it counts as sent then. */
    public boolean poll(long now) {
        if (due > now) {
            return false;
        }
        everSent = true;
        lastSent = now;
        due = repeats++ < MAX_REPEATS ? now + REPEAT_NANOS : Long.MAX_VALUE;
        return true;
    }
}
