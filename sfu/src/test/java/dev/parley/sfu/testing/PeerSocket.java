package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** What a {@link UdpPeer} sends and receives with. */
interface PeerSocket extends AutoCloseable {
    /** Takes what arrived. */
    @FunctionalInterface
    interface Arrival {
        void datagram(TransportAddress from, byte[] bytes);
    }

    /** A channel of NIO, which has an address too. */
    SelectableChannel channel();

    default TransportAddress local() {
        try {
            return TransportAddress.of((InetSocketAddress) ((NetworkChannel) channel()).getLocalAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    default void register(Selector selector) throws IOException {
        channel().register(selector, SelectionKey.OP_READ);
    }

    void send(TransportAddress to, byte[] datagram) throws IOException;

    void receive(Arrival arrival) throws IOException;

    @Override
    default void close() throws IOException {
        channel().close();
    }
}
