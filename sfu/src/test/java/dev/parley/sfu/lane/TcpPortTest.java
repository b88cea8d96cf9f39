package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The TCP port with real sockets, before a lane that no thread runs. */
final class TcpPortTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final long SECOND = 1_000_000_000L;

    private final Arena arena = Arena.ofShared();
    private final AtomicLong time = new AtomicLong(SECOND);
    private final Clock clock = new Clock() {
        @Override
        public long nanos() {
            return time.get();
        }

        @Override
        public long epochNanos() {
            return time.get();
        }
    };
    private final SecureRandom random = new SecureRandom();
    private final LaneGroup group = new LaneGroup(1, arena);
    private final LaneCore lane = new LaneCore(
            group,
            new LaneSettings(List.of(), DtlsCertificate.generate(random), SfuLimits.defaults(), SrtpProvider.JAVA),
            random,
            new OutBatch(16, arena, OutBatch::clear),
            arena.allocate(InBatch.SLOT),
            0);
    private final TransportCore transport = lane.createRouter(new RtpCapabilities(List.of(), List.of()))
            .createTransport(SECOND, WebRtcTransportOptions.defaults(), event -> {});
    private final List<Socket> sockets = new ArrayList<>();
    private TcpPort port;

    @BeforeEach
    void bind() throws IOException {
        port = TcpPort.bind(0, List.of(HERE));
        port.start(group, clock);
    }

    @AfterEach
    void free() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        port.close();
        assertTrue(port.hasEnded());
        arena.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(HERE, port.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static byte[] framed(byte[] datagram) {
        return ByteBuffer.allocate(2 + datagram.length)
                .putShort((short) datagram.length)
                .put(datagram)
                .array();
    }

    private byte[] check() {
        var ice = transport.iceParameters();
        return new StunBuilder(StunType.BINDING_REQUEST, new byte[12])
                .username(ice.usernameFragment() + ":remote")
                .priority(1)
                .iceControlling(1)
                .useCandidate()
                .build(new StunKey(ice.password()));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10 * SECOND;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private long dropped(String reason) {
        return port.stats().drops().getOrDefault(reason, 0L);
    }

    /** Lets the lane take its mail, until the transport answered something. */
    private void laneTurnsUntil(String what, BooleanSupplier condition) {
        await(what, () -> {
            lane.takeMail(time.get());
            lane.timeouts(time.get());
            return condition.getAsBoolean();
        });
    }

    private boolean isConnected() {
        return transport.iceState() == dev.parley.sfu.IceState.COMPLETED;
    }

    @Test
    void bringsACheckThatArrivesByteForByteAndCarriesTheAnswerBack() throws IOException {
        var socket = connect();
        for (byte one : framed(check())) {
            socket.getOutputStream().write(one);
        }
        laneTurnsUntil("connected", this::isConnected);
        assertEquals("tcp", transport.selectedTuple().orElseThrow().protocol());
        var answer = socket.getInputStream().readNBytes(2);
        int length = ByteBuffer.wrap(answer).getShort();
        var body = socket.getInputStream().readNBytes(length);
        assertArrayEquals(new byte[] {1, 1}, new byte[] {body[0], body[1]});
        assertEquals(1, port.stats().connections());
    }

    @Test
    void takesNothingButChecksThatNameATransportFromAStranger() throws IOException {
        var socket = connect();
        var out = socket.getOutputStream();
        out.write(framed(new byte[] {(byte) 128, 96, 0, 1}));
        out.write(framed(new byte[] {22, 1, 2, 3}));
        out.write(framed(new byte[] {0, 1, 0, 0}));
        out.write(framed(new StunBuilder(StunType.BINDING_REQUEST, new byte[12]).buildPlain()));
        out.write(framed(new StunBuilder(StunType.BINDING_REQUEST, new byte[12])
                .username("nobody:x")
                .build()));
        await("dropped by name", () -> dropped("unvalidated-source") == 2
                && dropped("stun-malformed") == 1
                && dropped("stun-unknown-user") == 2);
        assertTrue(lane.hasNoMail());
    }

    @Test
    void closesAStreamThatAnnouncesAnEmptyOrATooLargeDatagram() throws IOException {
        for (var bad : List.of(new byte[] {0, 0}, new byte[] {8, 0}, new byte[] {-1, -1})) {
            var socket = connect();
            socket.getOutputStream().write(bad);
            assertEquals(-1, socket.getInputStream().read());
        }
        assertEquals(3, dropped("tcp-framing"));
        await("all are closed", () -> port.stats().connections() == 0);
        assertEquals(3, port.stats().accepted());
    }

    @Test
    void cutsOffWhoSendsNoAuthenticCheckInTimeAndKeepsWhoDid() throws IOException {
        var silent = connect();
        var slow = connect();
        slow.getOutputStream().write(0);
        var forger = connect();
        var forged = check();
        forged[forged.length - 12] ^= 1;
        forger.getOutputStream().write(framed(forged));
        var honest = connect();
        honest.getOutputStream().write(framed(check()));
        laneTurnsUntil("connected", this::isConnected);
        time.addAndGet(9 * SECOND);
        var late = connect();
        await("five", () -> port.stats().accepted() == 5);
        assertEquals(5, port.stats().connections());
        time.addAndGet(2 * SECOND);
        for (var socket : List.of(silent, slow, forger)) {
            assertEquals(-1, socket.getInputStream().read());
        }
        // Whoever is cut off sees it before it is counted.
        await("three are cut off", () -> dropped("tcp-silent") == 3 && port.stats().connections() == 2);
        late.close();
        await("one is left", () -> port.stats().connections() == 1);
    }

    @Test
    void turnsAwayMoreStrangersOfAnAddressThanItsLimit() throws IOException {
        for (int i = 0; i < 70; i++) {
            connect();
        }
        await("six refused", () -> dropped("tcp-refused") == 6);
        assertEquals(64, port.stats().connections());
        var socket = sockets.getLast();
        assertEquals(-1, socket.getInputStream().read());
        sockets.getFirst().close();
        await("one is gone", () -> port.stats().connections() == 63);
        connect().getOutputStream().write(framed(check()));
        laneTurnsUntil("connected", this::isConnected);
    }

    @Test
    void tellsTheTransportWhenItsConnectionIsClosedAndClosesThoseOfAClosedTransport() throws IOException {
        var first = connect();
        first.getOutputStream().write(framed(check()));
        laneTurnsUntil("connected", this::isConnected);
        first.close();
        laneTurnsUntil("told", () -> transport.iceState() == dev.parley.sfu.IceState.DISCONNECTED);
        var second = connect();
        second.getOutputStream().write(framed(check()));
        laneTurnsUntil("connected again", this::isConnected);
        assertTrue(second.getInputStream().readNBytes(2).length == 2);
        transport.close(time.get(), dev.parley.sfu.CloseReason.CLOSE_CALLED);
        lane.timeouts(time.get());
        second.getInputStream().readAllBytes();
        await("closed", () -> port.stats().connections() == 0);
    }

    @Test
    void anAddressThatIsFloodedWithConnectionsByAMemberKeepsEight() throws IOException {
        for (int i = 0; i < 20; i++) {
            connect().getOutputStream().write(framed(check()));
            int wanted = i + 1;
            laneTurnsUntil("checked", () -> transport.counts().packetsReceived() == wanted);
        }
        laneTurnsUntil("the oldest are closed", () -> port.stats().connections() == 8);
    }

    @Test
    void survivesAnyBytesOnAnyConnection() throws IOException {
        var noise = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            try (var socket = new Socket(HERE, port.port())) {
                var bytes = new byte[noise.nextInt(3_000)];
                noise.nextBytes(bytes);
                if (noise.nextBoolean() && bytes.length > 4) {
                    bytes[0] = 0;
                    bytes[2] = 0;
                }
                socket.getOutputStream().write(bytes);
            } catch (IOException closedByThePort) {
                // As it should be.
            }
        }
        await("all are gone", () -> port.stats().connections() == 0);
        connect().getOutputStream().write(framed(check()));
        laneTurnsUntil("connected", this::isConnected);
    }

    @Test
    void aPortThatIsTakenIsRefused() {
        assertThrows(BindException.class, () -> TcpPort.bind(port.port(), List.of(HERE)).close());
        assertFalse(port.hasEnded());
    }
}
