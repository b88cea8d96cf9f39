package dev.parley.socketio;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in order, on a virtual thread that lives as long as there is something to do. Tasks may
 * block.
 */
final class SerialExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            Thread.ofVirtual().name("socketio").start(this::drain);
        }
    }

    /** The number of tasks that wait or run. */
    int size() {
        return pending.get();
    }

    private void drain() {
        do {
            Runnable next = tasks.poll();
            try {
                if (next != null) {
                    next.run();
                }
            } catch (Throwable t) {
                LOG.warn("A listener failed", t);
            }
        } while (pending.decrementAndGet() != 0);
    }
}
