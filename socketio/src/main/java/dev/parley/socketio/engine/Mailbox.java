package dev.parley.socketio.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one at a time, in order, on whichever thread finds the mailbox idle. Nobody waits: a thread that finds
 * it busy leaves its task to the thread that is in there. So what only tasks touch needs no lock, and two mailboxes
 * that send to each other cannot deadlock. Tasks must not block.
 */
public final class Mailbox {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Consumer<Throwable> onError;

    /** A mailbox whose failing tasks are reported to {@code onError}. */
    public Mailbox(Consumer<Throwable> onError) {
        this.onError = onError;
    }

    /** Runs the task now, or soon on the thread that is busy here. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() != 0) {
            return;
        }
        do {
            Runnable next = tasks.poll();
            try {
                if (next != null) {
                    next.run();
                }
            } catch (Throwable t) {
                onError.accept(t);
            }
        } while (pending.decrementAndGet() != 0);
    }
}
