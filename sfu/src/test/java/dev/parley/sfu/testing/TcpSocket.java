package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A TCP connection with RFC 4571 framing, written here apart from the product's, to prove that one. */
final class TcpSocket implements PeerSocket {
    private final SocketChannel channel;
    private final TransportAddress remote;
    private final ByteBuffer incoming = ByteBuffer.allocate(1 << 17);
    private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
    private boolean reading = true;

    TcpSocket(InetSocketAddress to) throws IOException {
        this(to, 1 << 20);
    }

    /** With a receive buffer of so many bytes. */
    TcpSocket(InetSocketAddress to, int receiveBuffer) throws IOException {
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(to);
        channel.configureBlocking(false);
        remote = TransportAddress.of(to);
    }

    /** From now on it takes nothing from the socket, or goes on. */
    void read(boolean on) {
        reading = on;
    }

    /** Sends any bytes, without framing. */
    void sendRaw(byte[] bytes) throws IOException {
        outgoing.write(bytes);
        flush();
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public void send(TransportAddress to, byte[] datagram) throws IOException {
        outgoing.write(datagram.length >> 8);
        outgoing.write(datagram.length);
        outgoing.write(datagram);
        flush();
    }

    private void flush() throws IOException {
        var waiting = ByteBuffer.wrap(outgoing.toByteArray());
        channel.write(waiting);
        outgoing.reset();
        outgoing.write(waiting.array(), waiting.position(), waiting.remaining());
    }

    @Override
    public void receive(Arrival arrival) throws IOException {
        flush();
        if (!reading) {
            return;
        }
        while (channel.read(incoming) > 0) {
            incoming.flip();
            while (incoming.remaining() >= 2) {
                int length = incoming.getShort(incoming.position()) & 0xffff;
                if (incoming.remaining() < 2 + length) {
                    break;
                }
                var datagram = new byte[length];
                incoming.getShort();
                incoming.get(datagram);
                arrival.datagram(remote, datagram);
            }
            incoming.compact();
        }
    }
}
