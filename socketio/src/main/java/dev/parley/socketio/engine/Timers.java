package dev.parley.socketio.engine;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one scheduler of a server: one daemon thread that only starts a virtual thread for what is due. Thread-safe. */
public final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler;

    /** Starts the thread. */
    public Timers() {
        scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("socketio-timer").daemon().factory());
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // After the end nothing is due any more; a late request for a timer is not an error.
        scheduler.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
    }

    /** Runs the task on a virtual thread after {@code nanos}; cancel the result to prevent that. */
    public Future<?> schedule(long nanos, Runnable task) {
        return scheduler.schedule(
                () -> {
                    Thread.startVirtualThread(task);
                },
                Math.max(0, nanos),
                TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
