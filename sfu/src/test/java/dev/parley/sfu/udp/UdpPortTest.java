package dev.parley.sfu.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both implementations of the media port, over real sockets on the loopback interface. */
final class UdpPortTest {
    enum Kind {
        JAVA {
            @Override
            UdpPort bind(int port, List<InetAddress> listen, boolean shared) throws IOException {
                return NioUdpPort.bind(port, listen, shared);
            }
        },
        NATIVE {
            @Override
            UdpPort bind(int port, List<InetAddress> listen, boolean shared) throws IOException {
                return PosixUdpPort.bind(port, listen, shared);
            }
        };

        abstract UdpPort bind(int port, List<InetAddress> listen, boolean shared) throws IOException;

        UdpPort bind(int port, List<InetAddress> listen) throws IOException {
            return bind(port, listen, false);
        }
    }

    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress V6 = InetAddress.ofLiteral("::1");
    private static final List<InetAddress> ANY =
            List.of(InetAddress.ofLiteral("0.0.0.0"), InetAddress.ofLiteral("::"));
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(5);

    private final Arena arena = Arena.ofShared();
    private final Random random = new Random(7);
    private final List<UdpPort> ports = new ArrayList<>();

    @AfterEach
    void close() {
        ports.forEach(UdpPort::close);
        arena.close();
    }

    @ParameterizedTest
    @EnumSource
    void carriesDatagramsOverBothFamilies(Kind kind) throws Exception {
        for (var address : List.of(V4, V6)) {
            var from = bind(kind, List.of(address));
            var to = bind(kind, ANY);
            var sent = send(from, new TransportAddress[] {at(address, to)}, 1, 100, 1200, 1500);
            var received = receive(to, sent.size());
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i), received.get(i).bytes);
                assertEquals(at(address, from), received.get(i).source);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersFromTheSocketThatWasAsked(Kind kind) throws Exception {
        var client = bind(kind, List.of(V4));
        var server = bind(kind, List.of(V4, V6));
        send(client, new TransportAddress[] {at(V4, server)}, 64);
        var question = receive(server, 1).getFirst();
        var out = new OutBatch(4, arena, server::send);
        out.add(question.source, question.local, new byte[] {1, 2, 3});
        server.send(out);
        var answer = receive(client, 1).getFirst();
        assertArrayEquals(new byte[] {1, 2, 3}, answer.bytes);
        assertEquals(at(V4, server), answer.source);
    }

    @ParameterizedTest
    @EnumSource
    void keepsContentAndOrderForRunsOfAnyLengthsToSeveralDestinations(Kind kind) throws Exception {
        var from = bind(kind, List.of(V4));
        var first = bind(kind, List.of(V4));
        var second = bind(kind, List.of(V4));
        for (int round = 0; round < 50; round++) {
            int size = 1 + random.nextInt(1400);
            int count = 1 + random.nextInt(150);
            var out = new OutBatch(256, arena, from::send);
            var expected = List.of(new ArrayList<byte[]>(), new ArrayList<byte[]>());
            for (int i = 0; i < count; i++) {
                // Frames: runs of equal length, the last shorter, now and then one longer.
                int length = random.nextInt(8) == 0 ? 1 + random.nextInt(1400) : size;
                int which = random.nextInt(12) == 0 ? 1 : 0;
                byte[] datagram = new byte[length];
                random.nextBytes(datagram);
                expected.get(which).add(datagram);
                out.add(at(V4, which == 0 ? first : second), 0, datagram);
            }
            from.send(out);
            for (int which = 0; which < 2; which++) {
                var received = receive(which == 0 ? first : second, expected.get(which).size());
                for (int i = 0; i < received.size(); i++) {
                    assertArrayEquals(expected.get(which).get(i), received.get(i).bytes, "round " + round);
                }
            }
            assertEquals(0, from.refused());
            assertEquals(0, out.count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsADatagramThatCannotBeSentAndSendsTheOthers(Kind kind) throws Exception {
        var from = bind(kind, List.of(V4));
        var to = bind(kind, List.of(V4));
        var out = new OutBatch(8, arena, from::send);
        out.add(at(V4, to), 0, new byte[] {1});
        out.add(TransportAddress.of(new InetSocketAddress(V4, 0)), 0, new byte[] {2}); // port 0 is no destination
        out.add(at(V4, to), 0, new byte[] {3});
        from.send(out);
        var received = receive(to, 2);
        assertEquals(1, received.get(0).bytes[0]);
        assertEquals(3, received.get(1).bytes[0]);
        assertEquals(1, from.refused());
    }

    @ParameterizedTest
    @EnumSource
    void showsATruncatedDatagramByItsLength(Kind kind) throws Exception {
        var from = bind(kind, List.of(V4));
        var to = bind(kind, List.of(V4));
        try (var channel = java.nio.channels.DatagramChannel.open()) {
            channel.send(java.nio.ByteBuffer.allocate(9000), new InetSocketAddress(V4, to.port()));
        }
        send(from, new TransportAddress[] {at(V4, to)}, 10);
        var received = receive(to, 2);
        assertEquals(InBatch.SLOT, received.get(0).bytes.length);
        assertEquals(10, received.get(1).bytes.length);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterSendingToAPortThatNobodyHas(Kind kind) throws Exception {
        var from = bind(kind, List.of(V4));
        var gone = bind(kind, List.of(V4));
        var to = bind(kind, List.of(V4));
        var nobody = at(V4, gone);
        gone.close();
        for (int i = 0; i < 5; i++) {
            send(from, new TransportAddress[] {nobody, at(V4, to)}, 50, 50);
            assertEquals(1, receive(to, 1).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void noWaitIsLongerThanItMayBeWhateverTheOneBeforeWas(Kind kind) throws Exception {
        var from = bind(kind, List.of(V4));
        var to = bind(kind, List.of(V4));
        for (int i = 0; i < 5; i++) {
            // A long wait that a datagram ends, and short ones that nothing ends, each in its own time.
            send(from, new TransportAddress[] {at(V4, to)}, 10);
            to.await(Long.MAX_VALUE);
            assertEquals(1, receive(to, 1).size());
            long start = System.nanoTime();
            to.await(2_000_000);
            to.await(1_000_000);
            to.await(0);
            to.await(-1);
            assertTrue(System.nanoTime() - start < DEADLINE);
        }
        // What is left of an earlier alarm may end a wait too early, but only once.
        to.wakeUp();
        to.await(1_000_000);
        long start = System.nanoTime();
        to.await(20_000_000);
        to.await(20_000_000);
        assertTrue(System.nanoTime() - start >= 20_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void wakesUpForADatagramForACallAndInTime(Kind kind) throws Exception {
        var from = bind(kind, List.of(V4));
        var to = bind(kind, List.of(V4));
        to.await(1_000_000); // nothing comes: the time ends it
        send(from, new TransportAddress[] {at(V4, to)}, 10);
        to.await(DEADLINE);
        assertEquals(1, receive(to, 1).size());
        to.wakeUp(); // before the wait: it still counts
        long start = System.nanoTime();
        to.await(DEADLINE);
        assertTrue(System.nanoTime() - start < DEADLINE);
        var woken = new CountDownLatch(1);
        var waiting = Thread.ofPlatform().start(() -> {
            to.await(DEADLINE);
            woken.countDown();
        });
        to.wakeUp();
        assertTrue(woken.await(4, TimeUnit.SECONDS));
        waiting.join();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAPortThatIsTaken(Kind kind) throws Exception {
        var taken = bind(kind, ANY);
        assertThrows(BindException.class, () -> kind.bind(taken.port(), ANY));
        assertThrows(BindException.class, () -> kind.bind(0, List.of(InetAddress.ofLiteral("203.0.113.1"))));
    }

    @ParameterizedTest
    @EnumSource
    void portsOfOneNumberShareTheRemoteAddressesAndEachKeepsItsOwn(Kind kind) throws Exception {
        var first = bind(kind, ANY);
        assertThrows(BindException.class, () -> kind.bind(first.port(), ANY, true), "not shared yet");
        first.share();
        var second = kind.bind(first.port(), ANY, true);
        ports.add(second);
        assertThrows(BindException.class, () -> kind.bind(first.port(), ANY, false), "another program");
        var clients = new ArrayList<UdpPort>();
        for (int i = 0; i < 16; i++) {
            clients.add(bind(kind, List.of(V4)));
        }
        var owners = new HashMap<TransportAddress, UdpPort>();
        for (int round = 0; round < 3; round++) {
            for (var client : clients) {
                send(client, new TransportAddress[] {at(V4, first)}, 20);
            }
            long deadline = System.nanoTime() + DEADLINE;
            for (int taken = 0; taken < clients.size() && System.nanoTime() < deadline; ) {
                for (var port : List.of(first, second)) {
                    var batch = new InBatch(32, arena);
                    taken += port.receive(batch);
                    for (int i = 0; i < batch.count(); i++) {
                        assertEquals(port, owners.computeIfAbsent(batch.source(i), any -> port));
                    }
                }
            }
        }
        assertEquals(16, owners.size());
        assertEquals(2, new HashSet<>(owners.values()).size(), "16 addresses meet in one port once in 32768 times");
    }

    private record Datagram(TransportAddress source, int local, byte[] bytes) {}

    private UdpPort bind(Kind kind, List<InetAddress> listen) throws IOException {
        var port = kind.bind(0, listen);
        ports.add(port);
        return port;
    }

    private static TransportAddress at(InetAddress address, UdpPort port) {
        return TransportAddress.of(address, port.port());
    }

    private List<byte[]> send(UdpPort from, TransportAddress[] destinations, int... lengths) {
        var out = new OutBatch(lengths.length, arena, from::send);
        var sent = new ArrayList<byte[]>();
        for (int i = 0; i < lengths.length; i++) {
            byte[] datagram = new byte[lengths[i]];
            random.nextBytes(datagram);
            sent.add(datagram);
            out.add(destinations[i % destinations.length], 0, datagram);
        }
        from.send(out);
        return sent;
    }

    private List<Datagram> receive(UdpPort port, int count) {
        var batch = new InBatch(16, arena);
        var received = new ArrayList<Datagram>();
        long deadline = System.nanoTime() + DEADLINE;
        while (received.size() < count && System.nanoTime() < deadline) {
            port.await(10_000_000);
            int n = port.receive(batch);
            for (int i = 0; i < n; i++) {
                byte[] bytes = batch.memory()
                        .asSlice(batch.offset(i), batch.length(i))
                        .toArray(ValueLayout.JAVA_BYTE);
                received.add(new Datagram(batch.source(i), batch.local(i), bytes));
            }
        }
        assertEquals(count, received.size());
        return received;
    }
}
