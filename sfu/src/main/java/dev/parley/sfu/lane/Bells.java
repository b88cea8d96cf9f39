package dev.parley.sfu.lane;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bells that ring for one lane: a stack without locks, linked through the bells themselves. Any lane hangs bells, the
 * owning one takes all of them at once. Nothing is allocated and nothing can overflow, since each bell hangs in it at most
 * once.
 */
final class Bells {
    private final AtomicReference<@Nullable Bell> newest = new AtomicReference<>();

    /** Adds a bell that began to ring. */
    void hang(Bell bell) {
        Bell before;
        do {
            before = newest.get();
            bell.next = before;
        } while (!newest.compareAndSet(before, bell));
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /**
     * Answers all that hang now, in the order in which they began to ring; returns how many. An answer that fails keeps none
     * of the others from being given (a bell that was taken down unheard would never ring again); it is thrown at the end.
     */
    int hear(LaneCore on, long now) {
        if (isEmpty()) {
            return 0;
        }
        var count = 0;
        RuntimeException failed = null;
        for (var bell = oldest(newest.getAndSet(null)); bell != null; count++) {
            // Read before it is answered: from then on it may hang somewhere else.
            var next = bell.next;
            bell.next = null;
            try {
                bell.hear(on, now);
            } catch (RuntimeException bug) {
                failed = bug;
            }
            bell = next;
        }
        if (failed != null) {
            throw failed;
        }
        return count;
    }

    private static @Nullable Bell oldest(@Nullable Bell last) {
        Bell first = null;
        for (var bell = last; bell != null; ) {
            var before = bell.next;
            bell.next = first;
            first = bell;
            bell = before;
        }
        return first;
    }
}
