package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerOptions;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.ProducerOptions;
import dev.parley.sfu.Router;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transports come and go for days: nothing may be left of them. */
class ChurnTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void twoHundredConnectedTransportsLeaveNothingBehind() throws Exception {
        try (var conference = new Conference(31, LaneLayout.SCATTERED)) {
            meet(conference, 20);
            long before = residentBytes();
            meet(conference, 80);
            // Each pair had a ring of 1.6 MiB, which alone would make 130 MiB.
            long growth = residentBytes() - before;
            assertTrue(growth < 80 * MEBIBYTE, "grew by " + growth / MEBIBYTE + " MiB");
        }
    }

    private static void meet(Conference conference, int pairs) {
        for (int i = 0; i < pairs; i++) {
            var call = VideoCall.in(conference);
            var publisher = call.publisher();
            var subscriber = call.subscriber();
            assertTrue(conference.network.runUntil(() -> call.incoming().frames() >= 2, 5 * Conference.SECOND));
            conference.sfu.act(now -> publisher.transport().close(now, CloseReason.CLOSE_CALLED));
            conference.sfu.act(now -> subscriber.transport().close(now, CloseReason.CLOSE_CALLED));
            conference.forget(publisher);
            conference.forget(subscriber);
        }
        assertEquals(
                0,
                conference.sfu.total(counts ->
                        counts.transports() + counts.producers() + counts.consumers() + counts.handshakes()));
        assertEquals(Long.MAX_VALUE, conference.sfu.nextTimeout(), "no timer is left");
    }

    @Test
    void fiveHundredTransportsOfTwentySfusLeaveNoThreadAndNoDescriptor() throws Exception {
        churn(10);
        int threads = lanes();
        long descriptors = descriptors();
        churn(20);
        assertEquals(threads, lanes());
        assertTrue(descriptors() <= descriptors + 5, descriptors() + " descriptors after " + descriptors);
    }

    private static void churn(int times) {
        for (int i = 0; i < times; i++) {
            try (var sfu = Sfu.start(
                            SfuConfig.defaults().withMediaPort(0).withListenAddresses(List.of("127.0.0.1")));
                    var router = sfu.createRouter(RouterOptions.defaults())) {
                for (int j = 0; j < 25; j++) {
                    oneTransport(router);
                }
                assertEquals(0, sfu.stats().transports());
            }
        }
    }

    private static void oneTransport(Router router) {
        try (var transport = router.createWebRtcTransport()) {
            var spec = StreamSpec.audio(1, 1, 111, Conference.EXTENSIONS).withMid("0");
            var producer = transport.produce(new ProducerOptions(MediaKind.AUDIO, Negotiation.toProduce(spec)));
            transport.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()));
        }
    }

    private static int lanes() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("parley-lane"))
                .count();
    }

    /** Where the system tells it; elsewhere the rest of the test must do. */
    private static long descriptors() throws IOException {
        var directory = Path.of("/proc/self/fd");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (var entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static long residentBytes() throws IOException {
        var statm = Path.of("/proc/self/statm");
        System.gc();
        return Files.isReadable(statm) ? Long.parseLong(Files.readString(statm).split(" ")[1]) * 4_096 : 0;
    }
}
