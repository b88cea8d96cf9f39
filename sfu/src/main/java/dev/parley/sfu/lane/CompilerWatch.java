package dev.parley.sfu.lane;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Whether the JVM's compilers still have something to do, by the time that they took. One thread. */
final class CompilerWatch {
    private static final long INTERVAL_NANOS = 300_000_000;
    /** Milliseconds of compiling in an interval that are no more than what is always left over. */
    private static final long IDLE_MILLIS = 25;

    private final @Nullable CompilationMXBean compilers;
    private long lookedAt;
    private long millis;
    private boolean busy = true;

    /** Looks from this {@link System#nanoTime} on. */
    CompilerWatch(long now) {
        var bean = ManagementFactory.getCompilationMXBean();
        compilers = bean != null && bean.isCompilationTimeMonitoringSupported() ? bean : null;
        lookedAt = now;
        millis = compilers == null ? 0 : compilers.getTotalCompilationTime();
    }

    /** Whether they had something to do in the last interval; not before one is over, and never where it cannot be known. */
    boolean isBusy(long now) {
        if (compilers == null) {
            return false;
        }
        if (now - lookedAt >= INTERVAL_NANOS) {
            long total = compilers.getTotalCompilationTime();
            busy = total - millis > IDLE_MILLIS;
            millis = total;
            lookedAt = now;
        }
        return busy;
    }
}
