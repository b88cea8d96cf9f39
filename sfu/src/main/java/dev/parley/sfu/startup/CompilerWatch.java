package dev.parley.sfu.startup;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Whether the JVM's compilers still have something to do, by the time that they took. One thread. */
final class CompilerWatch {
    static final long INTERVAL_NANOS = 300_000_000;
    /** Milliseconds of compiling in an interval that are no more than what is always left over. */
    static final long IDLE_MILLIS = 25;

    private final LongSupplier total;
    private long lookedAt;
    private long millis;
    private boolean busy = true;

    /**
     * Looks from a time on.
     *
     * @param now nanoseconds
     * @param total milliseconds that they took since the JVM started
     */
    CompilerWatch(long now, LongSupplier total) {
        this.total = total;
        lookedAt = now;
        millis = total.getAsLong();
    }

    /** Watches this JVM's from this {@link System#nanoTime} on; they never seem busy where the JVM does not say. */
    static CompilerWatch ofThisJvm(long now) {
        var bean = ManagementFactory.getCompilationMXBean();
        return new CompilerWatch(
                now,
                bean != null && bean.isCompilationTimeMonitoringSupported() ? bean::getTotalCompilationTime : () -> 0);
    }

    /** Whether they had something to do in the last interval; not known, and so they have, before one is over. */
    boolean isBusy(long now) {
        if (now - lookedAt >= INTERVAL_NANOS) {
            long sum = total.getAsLong();
            busy = sum - millis > IDLE_MILLIS;
            millis = sum;
            lookedAt = now;
        }
        return busy;
    }
}
