package dev.parley.sfu.lane;

import dev.parley.sfu.Histogram;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How a lane's turns went. The lane's thread tells of each turn, with the clock readings that it takes anyway: a turn
 * ends where the next one begins, or where the lane starts to wait. Any thread reads.
 */
final class TurnMeter {
    /** 2^34 ns: 17 s. */
    private static final int TIME_BUCKETS = 35;
    /** 2^16 datagrams. */
    private static final int BATCH_BUCKETS = 17;

    private static final VarHandle IDLE_TURNS_NANOS;
    private static final VarHandle COMMANDS;

    static {
        try {
            var lookup = MethodHandles.lookup();
            IDLE_TURNS_NANOS = lookup.findVarHandle(TurnMeter.class, "idleTurnsNanos", long.class);
            COMMANDS = lookup.findVarHandle(TurnMeter.class, "commands", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Log2Histogram turns = new Log2Histogram(TIME_BUCKETS);
    private final Log2Histogram receiveBatch = new Log2Histogram(BATCH_BUCKETS);
    private final Log2Histogram sendBatch = new Log2Histogram(BATCH_BUCKETS);
    private long idleTurnsNanos;
    private long commands;
    private boolean running;
    private boolean worked;
    private long began;
    private long sentBefore;

    /** A turn begins now; one that is still running ends. */
    void begin(long now) {
        end(now);
        running = true;
        worked = false;
        began = now;
    }

    /**
     * What the running turn did.
     *
     * @param received datagrams
     * @param commandsDone calls of the API
     * @param sentInAll datagrams since the lane's start
     */
    void did(int received, int commandsDone, long sentInAll) {
        var sent = sentInAll - sentBefore;
        sentBefore = sentInAll;
        worked = received > 0 || commandsDone > 0 || sent > 0;
        if (received > 0) {
            receiveBatch.record(received);
        }
        if (sent > 0) {
            sendBatch.record(sent);
        }
        if (commandsDone > 0) {
            COMMANDS.setOpaque(this, commands + commandsDone);
        }
    }

    /** The running turn ends now, since the lane waits. */
    void end(long now) {
        if (!running) {
            return;
        }
        running = false;
        var nanos = Math.max(0, now - began);
        if (worked) {
            turns.record(nanos);
        } else {
            IDLE_TURNS_NANOS.setOpaque(this, idleTurnsNanos + nanos);
        }
    }

    // ---- from any thread

    /** Time in turns, those that found nothing to do included, in nanoseconds. */
    long busyNanos() {
        return turns.sum() + (long) IDLE_TURNS_NANOS.getOpaque(this);
    }

    /** Durations in nanoseconds of the turns that did something. */
    Histogram turnNanos() {
        return turns.snapshot();
    }

    /** Datagrams received in a turn. */
    Histogram receiveBatch() {
        return receiveBatch.snapshot();
    }

    /** Datagrams sent in a turn. */
    Histogram sendBatch() {
        return sendBatch.snapshot();
    }

    /** Calls of the API carried out. */
    long commands() {
        return (long) COMMANDS.getOpaque(this);
    }
}
