package dev.parley.sfu.lane;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The connections on which lanes have something to do for the port's thread: to write, or to close. A stack without locks,
 * linked through the connections, as {@link Bells} is through bells. Lanes add during a turn and {@link #wake} at its end.
 */
final class TcpOutgoing {
    private final AtomicReference<@Nullable TcpConnection> newest = new AtomicReference<>();
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private final Runnable waker;

    /** @param waker ends the wait of the port's thread */
    TcpOutgoing(Runnable waker) {
        this.waker = waker;
    }

    /** Any lane: a connection that does not hang here yet. */
    void add(TcpConnection connection) {
        TcpConnection before;
        do {
            before = newest.get();
            connection.next = before;
        } while (!newest.compareAndSet(before, connection));
    }

    /** Any lane: the first who finds the port's thread asleep although there is something to do wakes it. */
    void wake() {
        if (newest.get() != null && sleeping.get() && sleeping.compareAndSet(true, false)) {
            waker.run();
        }
    }

    /** The port's thread is about to wait; false when there is something to do. */
    boolean maySleep() {
        // Set before the look: whoever adds something later sees it and wakes us.
        sleeping.set(true);
        return newest.get() == null;
    }

    /** The port's thread is up again. */
    void awake() {
        sleeping.set(false);
    }

    /** The port's thread: all that hang here, linked by {@link TcpConnection#next}. */
    @Nullable TcpConnection takeAll() {
        return newest.getAndSet(null);
    }
}
