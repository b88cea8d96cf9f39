package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.dtls.DtlsFailure;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtcp.RtcpKind;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The whole engine against itself: ICE, DTLS, SRTP and media over a network that loses, doubles, delays and reorders.
 */
final class PeerToPeerTest {
    private static final long SECOND = Pair.SECOND;
    private static final RtpExtensionIds EXTENSIONS = RtpExtensionIds.NONE
            .with(RtpExtension.ABS_SEND_TIME, 3)
            .with(RtpExtension.TRANSPORT_CC, 5)
            .with(RtpExtension.AUDIO_LEVEL, 10);

    @Test
    void shakesHandsWithEveryProfileAndInBothRoles() {
        for (var profile : SrtpProfile.values()) {
            for (var role : Role.values()) {
                var pair = new Pair(profile.id()).profiles(List.of(profile), List.of(SrtpProfile.values()));
                assertTrue(pair.connect(role), profile + " as " + role);
                assertEquals(Optional.of(profile), pair.caller.profile());
                assertEquals(Optional.of(profile), pair.callee.profile());
            }
        }
    }

    @Test
    void deliversEveryFrameIntactAndInOrderOverABadNetwork() {
        long repaired = 0;
        for (int seed = 0; seed < 200; seed++) {
            repaired += assertDelivers(seed);
        }
        assertTrue(repaired > 1_000, "only " + repaired + " packets were repaired");
    }

    /** Both directions at once. @return how many packets were repaired */
    private static long assertDelivers(int seed) {
        var pair = new Pair(seed);
        pair.network.impair(Impairment.LOSSY);
        pair.caller.profiles(List.of(SrtpProfile.values()[seed % 3]));
        assertTrue(pair.connect(Role.values()[seed % 2]), "handshake, seed " + seed);
        var there = stream(pair, pair.caller, pair.callee, 100, seed);
        var back = stream(pair, pair.callee, pair.caller, 200, seed + 7);
        boolean done = pair.network.runUntil(() -> there.frames() >= 60 && back.frames() >= 60, 20 * SECOND);
        for (var stream : List.of(there, back)) {
            assertEquals(List.of(), stream.wrong(), "seed " + seed);
            assertTrue(done, "seed " + seed + ": " + stream.frames() + " frames, missing " + stream.missing());
            assertEquals(0, stream.skips(), "seed " + seed);
            assertTrue(stream.lastFrame() >= 59, "begins with frame 0");
        }
        return there.repaired() + back.repaired();
    }

    private static IncomingStream stream(Pair pair, PeerEngine from, PeerEngine to, int ssrc, int seed) {
        var spec = StreamSpec.video(ssrc, ssrc, 96, EXTENSIONS);
        // Each fourth seed crosses the wrap of the sequence number after some packets.
        int first = seed % 4 == 0 ? 65_500 : new SplittableRandom(seed).nextInt(32_768);
        var incoming = to.receive(spec).expectFirst(first);
        from.send(spec).firstSequence(first).start(pair.network.now());
        return incoming;
    }

    @Test
    void carriesAudioWithItsLevels() {
        var pair = new Pair(5);
        assertTrue(pair.connect(Role.CLIENT));
        var spec = StreamSpec.audio(9, 9, 111, EXTENSIONS);
        var incoming = pair.callee.receive(spec);
        var outgoing = pair.caller.send(spec);
        outgoing.level(42);
        outgoing.start(pair.network.now());
        pair.network.run(2 * SECOND);
        assertEquals(List.of(), incoming.wrong());
        assertTrue(incoming.frames() > 95);
        assertEquals(42, incoming.lastLevel());
    }

    @Test
    void reportsArrivalsAndRoundTrips() {
        var pair = new Pair(6);
        assertTrue(pair.connect(Role.CLIENT));
        var spec = StreamSpec.video(1, 1, 96, EXTENSIONS);
        var incoming = pair.callee.receive(spec);
        pair.caller.send(spec).start(pair.network.now());
        pair.network.run(5 * SECOND);
        var view = pair.caller.transportCc();
        assertTrue(view.feedbacks() > 40);
        assertEquals(0, view.malformed());
        assertEquals(0, view.missing());
        assertTrue(view.acknowledged() > view.numbered() * 9 / 10);
        assertTrue(view.largestError() <= 500_000, "off by " + view.largestError() + " ns");
        assertTrue(incoming.senderReports() >= 4);
        assertTrue(pair.caller.rtcpSeen(RtcpKind.RECEIVER_REPORT) > 0);
        assertEquals(20_000_000, pair.caller.roundTrip(), 100_000);
    }

    @Test
    void answersAKeyFrameRequest() {
        var pair = new Pair(8);
        assertTrue(pair.connect(Role.CLIENT));
        var spec = StreamSpec.video(1, 1, 96, EXTENSIONS);
        var incoming = pair.callee.receive(spec);
        var outgoing = pair.caller.send(spec);
        outgoing.start(pair.network.now());
        pair.network.run(SECOND);
        assertEquals(1, incoming.keyFrames());
        pair.callee.requestKeyFrame(incoming);
        pair.network.run(SECOND / 2);
        assertEquals(2, incoming.keyFrames());
        assertEquals(1, outgoing.keyFrameRequests().size());
    }

    @Test
    void refusesAPeerWithAnotherCertificate() {
        var pair = new Pair(9);
        pair.callee.listen(pair.network.now(), Role.SERVER, pair.callee.fingerprints());
        pair.caller.connect(
                pair.network.now(),
                pair.callee.credentials(),
                List.of(pair.calleeAddress),
                Role.CLIENT,
                pair.callee.fingerprints());
        pair.network.run(12 * SECOND);
        assertEquals(Optional.of(DtlsFailure.FINGERPRINT_MISMATCH), pair.callee.failure());
        assertFalse(pair.callee.connected());
        assertFalse(pair.caller.connected());
    }

    @Test
    void goesOnWithMediaOverHostileDatagrams() {
        var pair = new Pair(10);
        assertTrue(pair.connect(Role.CLIENT));
        var incoming = stream(pair, pair.caller, pair.callee, 1, 10);
        var hostile = new Hostility(pair.network, new SplittableRandom(10));
        pair.network.tap(hostile);
        assertTrue(pair.network.runUntil(() -> incoming.frames() >= 200, 10 * SECOND));
        pair.network.tap((from, to, datagram) -> datagram);
        assertEquals(List.of(), incoming.wrong());
        assertTrue(hostile.injected() > 1_000);
        assertTrue(pair.caller.connected() && pair.callee.connected());
        assertFalse(pair.callee.closed() || pair.caller.closed());
        assertEquals(Optional.empty(), pair.callee.failure());
    }

    @Test
    void keepsMediaAliveForMinutes() {
        var pair = new Pair(11);
        assertTrue(pair.connect(Role.CLIENT));
        var spec = StreamSpec.audio(1, 1, 111, RtpExtensionIds.NONE);
        var incoming = pair.callee.receive(spec);
        pair.caller.send(spec).start(pair.network.now());
        pair.network.run(180 * SECOND);
        assertTrue(incoming.frames() >= 8_990, "consent has to be renewed: " + incoming.frames());
    }

    @Test
    void noticesThatTheOtherSideIsGone() {
        var pair = new Pair(12);
        assertTrue(pair.connect(Role.CLIENT));
        pair.network.detach(pair.callerAddress);
        pair.network.detach(pair.calleeAddress);
        assertTrue(pair.network.runUntil(() -> pair.caller.iceLost() && pair.callee.iceLost(), 70 * SECOND));
    }

    @Test
    void saysGoodbye() {
        var pair = new Pair(13);
        assertTrue(pair.connect(Role.CLIENT));
        pair.caller.close(pair.network.now());
        assertTrue(pair.network.runUntil(pair.callee::closed, SECOND));
    }

    @Test
    void followsAPeerToAnotherAddress() {
        var pair = new Pair(14);
        assertTrue(pair.connect(Role.CLIENT));
        var incoming = stream(pair, pair.callee, pair.caller, 5, 3);
        pair.network.run(SECOND);
        var elsewhere = TransportAddress.ipv4(0x0a000003, 7_000);
        pair.network.attach(elsewhere, pair.caller);
        pair.network.detach(pair.callerAddress);
        pair.caller.moveTo(elsewhere);
        int before = incoming.frames();
        assertTrue(pair.network.runUntil(() -> incoming.frames() > before + 200, 20 * SECOND));
        assertEquals(List.of(), incoming.wrong());
    }
}
