package dev.parley.sfu.lane;

import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A 5-tuple: one of our addresses and one of the remote's, over UDP or TCP.
 *
 * @param remote the remote's address and port
 * @param local which of the port's local addresses, as {@link InBatch#local} numbers them; without meaning for TCP
 * @param link the TCP connection; null for UDP
 */
record Path(TransportAddress remote, int local, @Nullable TcpLink link) {
    /** Sends what was written to the slot that was claimed last. */
    void send(OutBatch out, long at, int length, boolean video, TransportCore transport) {
        if (link == null) {
            transport.counts().sent(length);
            out.commit(remote, local, length);
        } else {
            transport.sentOverTcp(link.send(out.memory(), at, length, video), length);
        }
    }

    /** Sends a datagram that is no media. */
    void send(OutBatch out, byte[] datagram, TransportCore transport) {
        if (link == null) {
            transport.counts().sent(datagram.length);
            out.add(remote, local, datagram);
        } else {
            var sent = link.send(MemorySegment.ofArray(datagram), 0, datagram.length, false);
            transport.sentOverTcp(sent, datagram.length);
        }
    }

    /** Whether no video should be sent for now. */
    boolean isCongested() {
        return link != null && link.isCongested();
    }
}
