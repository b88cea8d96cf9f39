package dev.parley.sfu.libwebrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.parley.sfu.Consumer;
import dev.parley.sfu.ConsumerOptions;
import dev.parley.sfu.Producer;
import dev.parley.sfu.Router;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import dev.parley.sfu.WebRtcTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Google's WebRTC, the one in Chromium, in process: two people, each proven to see the other's colour and hear the
 * other's tone.
 */
final class LibwebrtcConferenceTest {
    private static final HeardAndSeen.Colour RED = new HeardAndSeen.Colour(81, 90, 240);
    private static final HeardAndSeen.Colour GREEN = new HeardAndSeen.Colour(145, 54, 34);

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "VP9", "AV1", "H264"})
    void twoPeopleSeeAndHearEachOther(String codec) throws Exception {
        assumeTrue(
                System.getProperty("os.name").startsWith("Linux")
                        && System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("amd64|x86_64"),
                "libwebrtc's binary is for Linux on x86-64");
        // The senders' device records nothing: it would speak into the streams beside our own microphones. The
        // receivers' plays.
        var senders = new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
        var receivers = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
        try (var sfu = Sfu.start(SfuConfig.defaults().withMediaPort(0));
                var router = sfu.createRouter(RouterOptions.defaults());
                var annas = new ColourAndTone(senders, "anna", RED, 440);
                var bens = new ColourAndTone(senders, "ben", GREEN, 1_000);
                var annaSends = new LibwebrtcPeer(senders, router.createWebRtcTransport());
                var benSends = new LibwebrtcPeer(senders, router.createWebRtcTransport());
                var anna = new Receiver(receivers, router);
                var ben = new Receiver(receivers, router)) {
            var fromAnna = annaSends.publish(annas.tracks(), codec);
            var fromBen = benSends.publish(bens.tracks(), codec);
            annaSends.awaitConnected();
            benSends.awaitConnected();
            anna.receive(fromBen);
            ben.receive(fromAnna);
            anna.expect(GREEN, 1_000);
            ben.expect(RED, 440);
            // A while later it still holds, with feedback in both directions, and nothing was lost on the way.
            int before = anna.peer.received().frames();
            await(() -> anna.peer.received().frames() > before + 40, () -> "frames go on: " + anna.peer.received());
            var stats = fromAnna.getLast().stats().getFirst();
            assertEquals(0, stats.packetsLost(), stats.toString());
            assertTrue(stats.keyFramesReceived() <= 3, "few key frames are asked for: " + stats);
        }
        senders.dispose();
        receivers.dispose();
    }

    /** The receiving side of a person. */
    private static final class Receiver implements AutoCloseable {
        private final WebRtcTransport transport;
        private final Router router;
        private final LibwebrtcPeer peer;

        Receiver(PeerConnectionFactory factory, Router router) {
            this.router = router;
            transport = router.createWebRtcTransport();
            peer = new LibwebrtcPeer(factory, transport);
        }

        void receive(List<Producer> producers) throws Exception {
            var consumers = new ArrayList<Consumer>();
            for (var producer : producers) {
                consumers.add(transport.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities())));
            }
            peer.subscribe(consumers);
            peer.awaitConnected();
        }

        void expect(HeardAndSeen.Colour colour, double pitch) {
            var received = peer.received();
            await(
                    () -> received.frames() > 10
                            && received.width() == 320
                            && received.colour().isNear(colour)
                            && Math.abs(received.pitch() - pitch) < 30,
                    () -> "expected " + colour + " and " + pitch + " Hz, got " + received);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private static void await(BooleanSupplier condition, Supplier<String> what) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
