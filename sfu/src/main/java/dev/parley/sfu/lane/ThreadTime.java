package dev.parley.sfu.lane;

import java.lang.management.ManagementFactory;

/** Processor time of threads, read by others: it costs the thread itself nothing. */
final class ThreadTime {
    private ThreadTime() {}

    /** Nanoseconds that a platform thread has run, in user and in kernel mode; −1 when it ended or nobody knows. */
    static long cpuNanos(Thread thread) {
        var threads = ManagementFactory.getThreadMXBean();
        return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
                ? threads.getThreadCpuTime(thread.threadId())
                : -1;
    }
}
