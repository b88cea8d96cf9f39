package dev.parley.server.testing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers STUN Binding requests with the sender's address, or with one that it was told; written apart from the
 * server's code.
 */
public final class StunResponder implements AutoCloseable {
    private static final int COOKIE = 0x2112_a442;

    private final DatagramSocket socket;
    private final InetAddress claimed;
    private final AtomicInteger asked = new AtomicInteger();

    private StunResponder(DatagramSocket socket, InetAddress claimed) {
        this.socket = socket;
        this.claimed = claimed;
        Thread.ofVirtual().start(this::answerAll);
    }

    /** Tells everybody the sender's own address. */
    public static StunResponder start(String address) throws IOException {
        return claiming(address, "0.0.0.0");
    }

    /** Tells everybody this address. */
    public static StunResponder claiming(String address, String claimed) throws IOException {
        return new StunResponder(
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0)),
                InetAddress.ofLiteral(claimed));
    }

    /** Where it is. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** How many requests came. */
    public int asked() {
        return asked.get();
    }

    private void answerAll() {
        var packet = new DatagramPacket(new byte[1_500], 1_500);
        while (!socket.isClosed()) {
            try {
                packet.setLength(1_500);
                socket.receive(packet);
                asked.incrementAndGet();
                var request = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                if (packet.getLength() >= 20 && request.getShort(0) == 1) {
                    var answer = answer(request, packet);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(ByteBuffer request, DatagramPacket packet) {
        var ip = (claimed.isAnyLocalAddress() ? packet.getAddress() : claimed).getAddress();
        var answer = ByteBuffer.allocate(28 + ip.length);
        answer.putShort((short) 0x0101).putShort((short) (8 + ip.length)).put(request.array(), 4, 16);
        answer.putShort((short) 0x0020).putShort((short) (4 + ip.length));
        answer.putShort((short) (ip.length == 4 ? 1 : 2)).putShort((short) (packet.getPort() ^ COOKIE >>> 16));
        for (int i = 0; i < ip.length; i++) {
            answer.put((byte) (ip[i] ^ answer.get(4 + i)));
        }
        return answer.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
