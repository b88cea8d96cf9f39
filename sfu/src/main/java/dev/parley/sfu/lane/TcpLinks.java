package dev.parley.sfu.lane;

import dev.parley.sfu.wire.TransportAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open TCP connections of an SFU by their remote address; from any thread. */
public final class TcpLinks {
    private final ConcurrentHashMap<TransportAddress, TcpLink> links = new ConcurrentHashMap<>();
    /** Set before the first lane runs. */
    private Runnable waker = () -> {};

    /** A connection came up. @param remote with the number of the connection in it, which makes it unique */
    public void opened(TransportAddress remote, TcpLink link) {
        links.put(remote, link);
    }

    /** It is closed. */
    public void closed(TransportAddress remote) {
        links.remove(remote);
    }

    /** The connection that a datagram came over; null when it was closed since. */
    @Nullable TcpLink at(TransportAddress remote) {
        return links.get(remote);
    }

    /** Who writes what lanes queued. */
    void wakeWith(Runnable changed) {
        waker = changed;
    }

    /** A lane's turn is over: what it queued is to be written. */
    void wake() {
        waker.run();
    }
}
