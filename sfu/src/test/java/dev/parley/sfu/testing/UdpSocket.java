package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A UDP socket on any free port. */
final class UdpSocket implements PeerSocket {
    private final DatagramChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(2_048);

    UdpSocket(InetAddress address) throws IOException {
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        channel.bind(new InetSocketAddress(address, 0));
    }

    @Override
    public DatagramChannel channel() {
        return channel;
    }

    @Override
    public void send(TransportAddress to, byte[] datagram) throws IOException {
        channel.send(ByteBuffer.wrap(datagram), to.toInetSocketAddress());
    }

    @Override
    public void receive(Arrival arrival) throws IOException {
        for (var from = channel.receive(buffer.clear()); from != null; from = channel.receive(buffer.clear())) {
            var datagram = new byte[buffer.flip().remaining()];
            buffer.get(datagram);
            arrival.datagram(TransportAddress.of((InetSocketAddress) from), datagram);
        }
    }
}
