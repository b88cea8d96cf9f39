package dev.parley.bench.forward;

import com.sun.management.ThreadMXBean;
import dev.parley.sfu.ConsumerOptions;
import dev.parley.sfu.DtlsFingerprint;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsRole;
import dev.parley.sfu.HotPath;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.ProducerOptions;
import dev.parley.sfu.Router;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import dev.parley.sfu.WebRtcTransport;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.startup.SyntheticStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The SFU in a process of its own, led by lines on its standard input:
 *
 * <pre>
 * room video|audio N SHA-256    makes a publisher's transport and N subscribers', and answers with a line for each
 *                               and with "end"; the room before it is closed
 * allocated                     answers how many bytes the lanes' threads have allocated
 * </pre>
 */
final class ForwardServer {
    static final String LANES = "parley-lane";
    private static final Duration FOREVER = Duration.ofMinutes(10);

    private final Sfu sfu;
    private @Nullable Router room;

    private ForwardServer(Sfu sfu) {
        this.sfu = sfu;
    }

    /** @param arguments the hot path, native or java, and the number of lanes */
    public static void main(String[] arguments) throws IOException {
        var path = HotPath.valueOf(arguments[0].toUpperCase(java.util.Locale.ROOT));
        var config = SfuConfig.defaults()
                .withMediaPort(0)
                .withListenAddresses(List.of("127.0.0.1"))
                .withAnnouncedAddresses(List.of("127.0.0.1"))
                .withHotPath(path)
                .withLanes(Integer.parseInt(arguments[1]));
        try (var sfu = Sfu.start(config);
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready " + sfu.hotPath());
            var server = new ForwardServer(sfu);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                server.handle(line.split(" "));
            }
        }
    }

    private void handle(String[] words) {
        switch (words[0]) {
            case "room" -> room(words[1].equals("video"), Integer.parseInt(words[2]), words[3]);
            case "allocated" -> System.out.println(allocated());
            default -> throw new IllegalArgumentException("Unknown command " + words[0]);
        }
    }

    private void room(boolean video, int subscribers, String fingerprint) {
        if (room != null) {
            room.close();
        }
        var router = sfu.createRouter(new RouterOptions(List.of()));
        room = router;
        var client = new DtlsParameters(DtlsRole.CLIENT, List.of(new DtlsFingerprint("sha-256", fingerprint)));
        var options = new WebRtcTransportOptions(FOREVER, FOREVER, FOREVER);
        var publisher = router.createWebRtcTransport(options);
        var producer = publisher.produce(
                new ProducerOptions(video ? MediaKind.VIDEO : MediaKind.AUDIO, video ? video() : audio()));
        connect(publisher, client);
        for (int i = 0; i < subscribers; i++) {
            var transport = router.createWebRtcTransport(options);
            connect(transport, client);
            transport.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities())).resume();
        }
        System.out.println("end");
    }

    private static void connect(WebRtcTransport transport, DtlsParameters client) {
        transport.connect(client);
        var ice = transport.iceParameters();
        var fingerprint = transport.dtlsParameters().fingerprints().getFirst();
        System.out.println(transport.iceCandidates().getFirst().port() + " " + ice.usernameFragment() + " "
                + ice.password() + " " + fingerprint.algorithm() + " " + fingerprint.value());
    }

    private static RtpParameters video() {
        var feedback = List.of(
                RtcpFeedback.of("nack"), new RtcpFeedback("nack", "pli"), RtcpFeedback.of("transport-cc"));
        return parameters(new RtpCodecParameters(
                "video/VP8", SyntheticStream.VIDEO_TYPE, 90_000, OptionalInt.empty(), Map.of(), feedback));
    }

    private static RtpParameters audio() {
        var feedback = List.of(RtcpFeedback.of("transport-cc"));
        return parameters(new RtpCodecParameters(
                "audio/opus", SyntheticStream.AUDIO_TYPE, 48_000, OptionalInt.of(2), Map.of(), feedback));
    }

    private static RtpParameters parameters(RtpCodecParameters codec) {
        var transportCc = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
        return new RtpParameters(
                Optional.of("0"),
                List.of(codec),
                List.of(RtpHeaderExtensionParameters.of(transportCc, SyntheticStream.TRANSPORT_CC_ID)),
                List.of(RtpEncodingParameters.of(SyntheticStream.SSRC)),
                new RtcpParameters(Optional.of("bench"), true));
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(LANES)) {
                sum += threads.getThreadAllocatedBytes(thread.threadId());
            }
        }
        return sum;
    }
}
