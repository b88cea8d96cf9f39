package dev.parley.sfu.lane;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many producing threads and one consuming thread, without locks. A producer first claims a
 * ticket and then fills its cell; the consumer stops at a cell that is claimed and not filled yet, and comes back.
 *
 * @param <T> the elements
 */
final class CommandQueue<T> {
    private final int mask;
    private final AtomicReferenceArray<@Nullable T> cells;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /** A queue for a number of elements, which is a power of two. */
    CommandQueue(int capacity) {
        mask = capacity - 1;
        cells = new AtomicReferenceArray<>(capacity);
    }

    /** Adds an element; false when the queue is full. From any thread. */
    boolean offer(T element) {
        long ticket;
        do {
            ticket = tail.get();
            if (ticket - head.get() > mask) {
                return false;
            }
        } while (!tail.compareAndSet(ticket, ticket + 1));
        cells.setRelease((int) ticket & mask, element);
        return true;
    }

    /** Whether nothing waits, not even a ticket that was claimed and not filled. */
    boolean isEmpty() {
        return tail.get() == head.get();
    }

    /** How many elements wait; from any thread. */
    int size() {
        return (int) Math.max(0, tail.get() - head.get());
    }

    /** Takes the oldest element; null when there is none. From the consuming thread. */
    @Nullable T poll() {
        var at = head.get();
        var cell = (int) at & mask;
        var element = cells.getAcquire(cell);
        if (element != null) {
            cells.setPlain(cell, null);
            head.setRelease(at + 1);
        }
        return element;
    }
}
