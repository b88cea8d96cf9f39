package dev.parley.sfu.udp;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector when a time is over, by a thread of its own that sleeps until then: {@link Alarm} where there are no
 * descriptors of timers. A selection with a time limit starts a timer and stops it again, after almost every turn; the
 * alarm is set again only when it has to ring earlier than it would. That it rings too early now and then is one idle
 * turn.
 *
 * <p>One thread sets it; another may close it.
 */
final class SelectorAlarm {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private final Selector selector;
    private final Thread thread;
    private final long start = System.nanoTime();
    /**
     * Nanoseconds after the start. The thread takes it back before it wakes the selector, so that who was woken sets it
     * anew.
     */
    private volatile long due = NEVER;

    private volatile boolean closed;

    /** Not set. */
    SelectorAlarm(Selector selector) {
        this.selector = selector;
        thread = Thread.ofPlatform().name("parley-alarm").daemon(true).start(this::run);
    }

    /** It rings when this time is over, or before. @param nanos more than 0 */
    void ringWithin(long nanos) {
        var wanted = System.nanoTime() - start + Math.min(nanos, LONGEST_NANOS);
        if (wanted < due) {
            due = wanted;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            var left = due - (System.nanoTime() - start);
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else {
                due = NEVER;
                selector.wakeup();
            }
        }
    }

    /** It does not ring any more. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
