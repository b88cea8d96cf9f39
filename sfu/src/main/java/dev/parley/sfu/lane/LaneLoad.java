package dev.parley.sfu.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How busy a lane is: the share of the time that it spends in turns. The lane's thread writes, any thread reads; a reader
 * sees a lane that has fallen asleep become idle.
 */
final class LaneLoad {
    private static final long WINDOW_NANOS = 250_000_000;
    private static final VarHandle BEGAN;
    private static final VarHandle BUSY;
    private static final VarHandle BEFORE;

    static {
        try {
            var lookup = MethodHandles.lookup();
            BEGAN = lookup.findVarHandle(LaneLoad.class, "began", long.class);
            BUSY = lookup.findVarHandle(LaneLoad.class, "busy", long.class);
            BEFORE = lookup.findVarHandle(LaneLoad.class, "before", double.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** When the window began. */
    private long began;
    /** Nanoseconds in turns since then. */
    private long busy;
    /** The share in the windows before, the last of them counting as much as all before it. */
    private double before;

    /** A turn is over. @param now its end @param nanos how long it took */
    void turned(long now, long nanos) {
        var sum = busy + nanos;
        var length = now - began;
        if (length < WINDOW_NANOS) {
            BUSY.setOpaque(this, sum);
            return;
        }
        BEFORE.setOpaque(this, share(now, sum));
        BEGAN.setOpaque(this, now);
        BUSY.setOpaque(this, 0L);
    }

    /** The share of the last half second or so, 0 to 1; from any thread. */
    double share(long now) {
        return share(now, (long) BUSY.getOpaque(this));
    }

    /** A long window counts for more than a half: it is several without a turn at their end. */
    private double share(long now, long sum) {
        var length = Math.max(1, now - (long) BEGAN.getOpaque(this));
        var weight = (double) length / (length + WINDOW_NANOS);
        return (1 - weight) * (double) BEFORE.getOpaque(this) + weight * Math.min(1, (double) sum / length);
    }
}
