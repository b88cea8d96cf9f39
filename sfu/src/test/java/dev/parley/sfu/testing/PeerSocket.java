package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.nio.channels.Selector;

/** What a {@link UdpPeer} sends and receives with. */
interface PeerSocket extends AutoCloseable {
    /** Takes what arrived. */
    @FunctionalInterface
    interface Arrival {
        void datagram(TransportAddress from, byte[] bytes);
    }

    TransportAddress local();

    void register(Selector selector) throws IOException;

    void send(TransportAddress to, byte[] datagram) throws IOException;

    void receive(Arrival arrival) throws IOException;

    @Override
    void close() throws IOException;
}
