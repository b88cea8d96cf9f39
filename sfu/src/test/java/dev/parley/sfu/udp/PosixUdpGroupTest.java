package dev.parley.sfu.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PosixUdpGroupTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final long SECOND = 1_000_000_000L;

    @Test
    void carriesDatagramsOfManySocketsAndTellsThemApart() throws Exception {
        try (var arena = Arena.ofConfined();
                var group = new PosixUdpGroup();
                var other = new DatagramSocket(0, LOOPBACK)) {
            other.setSoTimeout(5_000);
            var in = new InBatch(256, arena);
            var out = new OutBatch(256, arena, group::send);
            var to = TransportAddress.of(LOOPBACK, other.getLocalPort());
            int sockets = 100;
            for (int i = 0; i < sockets; i++) {
                out.add(to, group.open(LOOPBACK), new byte[] {(byte) i});
            }
            group.send(out);
            var ports = new HashSet<Integer>();
            long before = System.nanoTime();
            for (int i = 0; i < sockets; i++) {
                var packet = new DatagramPacket(new byte[10], 10);
                other.receive(packet);
                ports.add(packet.getPort());
                other.send(packet);
            }
            assertEquals(sockets, ports.size(), "each has a port of its own");
            int received = 0;
            for (long end = before + 5 * SECOND; received < sockets && System.nanoTime() < end; group.await(SECOND)) {
                int count = group.receive(in);
                for (int i = 0; i < count; i++) {
                    assertEquals(in.local(i), in.memory().get(ValueLayout.JAVA_BYTE, in.offset(i)));
                    assertEquals(to, in.source(i));
                    long age = group.arrivedAt(i) - before;
                    assertTrue(age > -SECOND / 100 && age < 5 * SECOND, "arrived " + age + " ns after the first was sent");
                }
                received += count;
            }
            assertEquals(sockets, received);
            assertEquals(0, group.refused());
        }
    }

    @Test
    void sharesOneSocketAmongManyLoopbackAddressesAndTellsThemApart() throws Exception {
        try (var arena = Arena.ofConfined();
                var group = new PosixUdpGroup();
                var other = new DatagramSocket(0, LOOPBACK)) {
            other.setSoTimeout(5_000);
            var in = new InBatch(16, arena);
            var out = new OutBatch(256, arena, group::send);
            var to = TransportAddress.of(LOOPBACK, other.getLocalPort());
            int ends = 100;
            for (int i = 0; i < ends; i++) {
                out.add(to, group.openOnLoopback(), new byte[] {(byte) i});
            }
            group.send(out);
            assertTrue(group.sockets() <= ends / 2, group.sockets() + " sockets");
            var addresses = new HashSet<SocketAddress>();
            var packets = new ArrayList<DatagramPacket>();
            for (int i = 0; i < ends; i++) {
                var packet = new DatagramPacket(new byte[10], 10);
                other.receive(packet);
                addresses.add(packet.getSocketAddress());
                packets.add(packet);
            }
            assertEquals(ends, addresses.size(), "each has an address of its own");
            for (var packet : packets) {
                other.send(packet);
            }
            long before = System.nanoTime();
            int received = 0;
            for (long end = before + 5 * SECOND; received < ends && System.nanoTime() < end; group.await(SECOND)) {
                int count = group.receive(in);
                for (int i = 0; i < count; i++) {
                    assertEquals(in.local(i), in.memory().get(ValueLayout.JAVA_BYTE, in.offset(i)));
                    assertEquals(to, in.source(i));
                }
                received += count;
            }
            assertEquals(ends, received);
            assertEquals(0, group.refused());
        }
    }

    @Test
    void givesWhatComesToAClosedLoopbackAddressToNobody() throws Exception {
        try (var arena = Arena.ofConfined();
                var group = new PosixUdpGroup();
                var other = new DatagramSocket(0, LOOPBACK)) {
            other.setSoTimeout(5_000);
            var in = new InBatch(16, arena);
            var out = new OutBatch(16, arena, group::send);
            var to = TransportAddress.of(LOOPBACK, other.getLocalPort());
            group.openOnLoopback();
            int gone = group.openOnLoopback();
            out.add(to, gone, new byte[] {1});
            group.send(out);
            var packet = new DatagramPacket(new byte[10], 10);
            other.receive(packet);
            group.close(gone);
            assertEquals(gone, group.openOnLoopback(), "its number is used again, its address is not");
            other.send(packet);
            int count = 0;
            for (long end = System.nanoTime() + 5 * SECOND; count == 0 && System.nanoTime() < end; ) {
                group.await(SECOND);
                count = group.receive(in);
            }
            assertEquals(1, count);
            assertEquals(-1, in.local(0));
        }
    }

    @Test
    void closesASharedSocketWithItsLastEnd() throws Exception {
        try (var group = new PosixUdpGroup()) {
            int first = group.openOnLoopback();
            int second = group.openOnLoopback();
            int own = group.open(LOOPBACK);
            assertEquals(2, group.sockets());
            group.close(first);
            assertEquals(2, group.sockets());
            group.close(second);
            assertEquals(1, group.sockets());
            group.close(own);
            assertEquals(0, group.sockets());
            group.openOnLoopback();
            assertEquals(1, group.sockets());
        }
    }

    @Test
    void usesTheNumberOfAClosedSocketAgain() throws Exception {
        try (var group = new PosixUdpGroup()) {
            int first = group.open(LOOPBACK);
            int second = group.open(LOOPBACK);
            group.close(first);
            assertEquals(first, group.open(LOOPBACK));
            assertTrue(first != second);
        }
    }

    @Test
    void isWokenFromEitherWayOfWaiting() throws Exception {
        try (var arena = Arena.ofConfined();
                var group = new PosixUdpGroup()) {
            long before = System.nanoTime();
            group.wakeUp();
            group.pause(20 * SECOND);
            group.await(20 * SECOND);
            group.receive(new InBatch(1, arena));
            assertTrue(System.nanoTime() - before < 10 * SECOND);
        }
    }
}
