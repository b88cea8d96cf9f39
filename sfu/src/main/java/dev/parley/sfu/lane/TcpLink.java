package dev.parley.sfu.lane;

import java.lang.foreign.MemorySegment;

/**
 * A TCP connection as a transport sees it. {@link #send} and {@link #isCongested} belong to the thread of the transport's
 * lane; none of it ever waits.
 */
public interface TcpLink {
    /** What becomes of a datagram that was to be sent. */
    enum Sent {
        /** It waits to be written. */
        QUEUED,
        /** Video, left out because too much waits. */
        NO_ROOM_FOR_VIDEO,
        /** Left out because there is no room for anything, or the connection is gone. */
        NO_ROOM
    }

    /** Queues a copy of a datagram. @param video whether it gives way to all others */
    Sent send(MemorySegment memory, long offset, int length, boolean video);

    /** Whether so much waits that no video should be added; holds until most of it has gone. */
    boolean isCongested();

    /**
     * Takes the connection for a transport, once an authenticated check came over it: what comes in goes there from now on.
     *
     * @return false when it is another transport's
     */
    boolean claim(TransportCore transport);

    /** Closes it, after what waits was written as far as that goes at once. */
    void close();
}
