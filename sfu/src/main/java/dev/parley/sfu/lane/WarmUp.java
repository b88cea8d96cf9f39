package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends media through a lane of its own, over sockets of the loopback interface, before the real one opens its port: so that
 * the first packet of the first meeting does not meet code that never ran, and that the compiler knows what is hot. A
 * publisher and subscribers of both families of ciphers, RTP and RTCP; only the handshake is left out. Once a process for
 * each hot path, and bounded in time. Whatever fails in it is logged, and does not matter.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    /** Turns after which all of a turn has been called often enough to be compiled, and when to stop in any case. */
    private static final int TURNS = 20_000;

    private static final long AT_MOST_NANOS = 3_000_000_000L;
    private static final int WAIT_MILLIS = 800;
    private static final int FRAME = 4;
    private static final int PAYLOAD = 600;
    private static final int FRAMES_EVERY = 8;
    private static final int RTCP_EVERY = 16;
    private static final int DRAIN_EVERY = 16;
    private static final int BATCH = 256;
    private static final int RTCP_ROOM = 1_200;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Set<SrtpProvider> DONE = EnumSet.noneOf(SrtpProvider.class);

    private final MediaPath path;
    private final SecureRandom random = new SecureRandom();
    private final Arena arena;
    private final Lane lane;
    private final RouterCore router;
    private final InBatch in;
    private final List<Client> clients = new ArrayList<>();

    /** One participant. */
    private record Client(UdpPort port, TransportCore transport, SrtpSender srtp, OutBatch out) {}

    private WarmUp(MediaPath path, DtlsCertificate certificate, Arena arena) throws IOException {
        this.path = path;
        this.arena = arena;
        var settings = new LaneSettings(List.of(), certificate, SfuLimits.defaults(), path.srtp());
        var clock = Clock.system();
        lane = new Lane(
                path.bind(0, List.of(HERE), 1).getFirst(),
                clock,
                "parley-warm-up",
                (out, scratch) -> new LaneCore(settings, random, out, scratch, clock.epochNanos() - clock.nanos()));
        router = lane.core().createRouter(Ortc.routerCapabilities(Ortc.defaultCodecs()));
        in = new InBatch(BATCH, arena);
    }

    /**
     * Warms a hot path up, unless that was done already. Returns when it is warm, or after {@value #WAIT_MILLIS} ms: what is
     * left then goes on behind the caller's back for a few seconds.
     */
    public static void once(MediaPath path, DtlsCertificate certificate) {
        synchronized (DONE) {
            if (!DONE.add(path.srtp())) {
                return;
            }
        }
        var thread = Thread.ofPlatform().name("parley-warm-up").daemon(true).start(() -> warmUp(path, certificate));
        try {
            thread.join(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void warmUp(MediaPath path, DtlsCertificate certificate) {
        long start = System.nanoTime();
        try (var arena = Arena.ofShared()) {
            var warmUp = new WarmUp(path, certificate, arena);
            try {
                int turns = warmUp.run(start + AT_MOST_NANOS);
                LOG.debug("Warmed up in {} ms, {} turns", (System.nanoTime() - start) / 1_000_000, turns);
            } finally {
                warmUp.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("The first packets will take longer, because warming up failed: {}", e.toString());
        }
    }

    private int run(long deadline) throws IOException {
        var publisher = join(SrtpProfile.AEAD_AES_128_GCM);
        var to = TransportAddress.of(HERE, lane.port());
        var parameters = parameters(SyntheticStream.SSRC);
        var producer = publisher.transport.produce(
                0,
                new ProducerSetup(
                        "p", MediaKind.VIDEO, parameters, Ortc.mapping(parameters, router.capabilities()), false),
                event -> {});
        var subscribers = List.of(
                join(SrtpProfile.AEAD_AES_128_GCM),
                join(SrtpProfile.AEAD_AES_128_GCM),
                join(SrtpProfile.AES_CM_128_HMAC_SHA1_80));
        for (int i = 0; i < subscribers.size(); i++) {
            var setup = new ConsumerSetup("c" + i, MediaKind.VIDEO, parameters(i + 1));
            subscribers.get(i).transport.consume(0, setup, producer, event -> {}).resume(0);
        }
        var stream = new SyntheticStream(arena, publisher.out, to, publisher.srtp, true, PAYLOAD);
        int turns = 0;
        while (turns < TURNS && System.nanoTime() < deadline) {
            int packets = turns % FRAMES_EVERY == 0 ? FRAME : 1;
            for (int i = 0; i < packets; i++) {
                stream.packet(i, packets);
            }
            publisher.port.send(publisher.out);
            if (turns % RTCP_EVERY == 0) {
                report(subscribers.get(turns / RTCP_EVERY % subscribers.size()), to);
            }
            turn();
            if (++turns % DRAIN_EVERY == 0) {
                clients.forEach(client -> client.port.receive(in));
            }
        }
        return turns;
    }

    /** Woken before it waits, it does not wait. */
    private void turn() {
        lane.wakeUp();
        lane.turn();
    }

    /** A participant with a transport, whose address is validated and whose keys are there. */
    private Client join(SrtpProfile profile) throws IOException {
        var transport = router.createTransport(0, WebRtcTransportOptions.defaults(), event -> {});
        var port = path.bind(0, List.of(HERE), 1).getFirst();
        var out = new OutBatch(BATCH, arena, port::send);
        var keys = new SrtpKeys(
                profile,
                bytes(profile.keyLength()),
                bytes(profile.saltLength()),
                bytes(profile.keyLength()),
                bytes(profile.saltLength()));
        var client = new Client(port, transport, path.srtp().sender(keys.mirrored()), out);
        clients.add(client);
        transport.secured(keys);
        var ice = transport.iceParameters();
        var check = new StunBuilder(StunType.BINDING_REQUEST, bytes(12))
                .username(ice.usernameFragment() + ":warm")
                .priority(1)
                .iceControlling(1)
                .useCandidate()
                .build(new StunKey(ice.password()));
        out.add(TransportAddress.of(HERE, lane.port()), 0, check);
        port.send(out);
        turn();
        return client;
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What a receiver sends: a report, a NACK, a request for a key frame. */
    private static void report(Client from, TransportAddress to) {
        var writer = new RtcpWriter();
        writer.wrap(from.out.memory(), from.out.claim(), RTCP_ROOM);
        writer.receiverReport(1);
        writer.reportBlock(1, 0, 0, 0, 0, 0, 0);
        writer.nack(1, 1, new long[] {1, 2}, 2);
        writer.pli(1, 1);
        int length = from.srtp.sealRtcp(from.out.memory(), from.out.claim(), writer.length());
        from.out.commit(to, 0, length);
        from.port.send(from.out);
    }

    private static RtpParameters parameters(long ssrc) {
        var vp8 = new RtpCodecParameters(
                "video/VP8",
                SyntheticStream.VIDEO_TYPE,
                90_000,
                OptionalInt.empty(),
                Map.of(),
                List.of(RtcpFeedback.of("nack"), new RtcpFeedback("nack", "pli"), RtcpFeedback.of("transport-cc")));
        return new RtpParameters(
                Optional.of("0"),
                List.of(vp8),
                List.of(
                        RtpHeaderExtensionParameters.of(RtpExtension.MID.uri(), 1),
                        RtpHeaderExtensionParameters.of(RtpExtension.ABS_SEND_TIME.uri(), 4),
                        RtpHeaderExtensionParameters.of(
                                RtpExtension.TRANSPORT_CC.uri(), SyntheticStream.TRANSPORT_CC_ID)),
                List.of(RtpEncodingParameters.of(ssrc)),
                new RtcpParameters(Optional.of("warm"), true));
    }

    private void close() {
        router.close(0, CloseReason.CLOSE_CALLED);
        for (var client : clients) {
            client.port.close();
            client.srtp.close();
        }
        lane.free();
    }
}
