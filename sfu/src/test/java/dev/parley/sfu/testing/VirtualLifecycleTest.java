package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How transports live and end at the SFU, and who hears whom in a full room; on virtual time. */
@ParameterizedClass
@EnumSource
final class VirtualLifecycleTest {
    @Parameter
    private LaneLayout layout;

    private static final long SECOND = Conference.SECOND;

    @Test
    void everybodyGetsEverybodyElse() {
        try (var conference = new Conference(20, layout)) {
            var members = new ArrayList<Conference.Member>();
            for (int i = 0; i < 6; i++) {
                members.add(conference.join());
            }
            assertTrue(conference.connected());
            var streams = new ArrayList<IncomingStream>();
            for (int i = 0; i < members.size(); i++) {
                var video = conference.publishVideo(members.get(i), 10 + i);
                var audio = conference.publishAudio(members.get(i), 30 + i);
                for (var other : members) {
                    if (other != members.get(i)) {
                        streams.add(conference.subscribe(video, other).incoming());
                        streams.add(conference.subscribe(audio, other).incoming());
                    }
                }
                conference.send(members.get(i), video);
                conference.send(members.get(i), audio);
            }
            conference.network.run(3 * SECOND);
            assertEquals(60, streams.size());
            for (var stream : streams) {
                assertEquals(List.of(), stream.wrong());
                assertTrue(stream.frames() >= 80, stream.toString());
            }
            for (var member : members) {
                assertEquals(List.of(), member.peer().unknownSsrcs());
                assertEquals(
                        Map.of(), member.transport().drops().snapshot(), "nothing is dropped on a good network");
            }
        }
    }

    @Test
    void closesATransportWhosePeerSaysGoodbye() {
        try (var conference = new Conference(21, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var subscribed = conference.subscribe(video, subscriber);
            conference.send(publisher, video).stop();
            publisher.peer().close(conference.network.now());
            conference.network.run(SECOND);
            assertEquals(List.of(CloseReason.REMOTE_CLOSED), reasons(conference));
            assertTrue(video.producer().isClosed());
            assertTrue(subscribed.consumer().isClosed());
            assertFalse(subscriber.transport().isClosed());
        }
    }

    @Test
    void freesATransportThatNobodyConnectsTo() {
        try (var conference = new Conference(22, layout)) {
            var address = TransportAddress.ipv4(0x0a0000c8, 1);
            var silent = new PeerEngine(
                    address,
                    DtlsCertificate.generate(new SeededSecureRandom(1)),
                    new SeededSecureRandom(2),
                    (from, to, datagram) -> {});
            var transport = conference.sfu.connect(silent, Role.CLIENT);
            conference.network.run(29 * SECOND);
            assertFalse(transport.isClosed());
            conference.network.run(2 * SECOND);
            assertTrue(transport.isClosed());
            assertEquals(List.of(CloseReason.NEVER_CONNECTED), reasons(conference));
        }
    }

    @Test
    void stopsSendingToAPeerThatVanishedAndFreesItsTransport() {
        try (var conference = new Conference(23, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            conference.subscribe(video, subscriber);
            conference.send(publisher, video);
            conference.network.run(SECOND);
            var last = new long[1];
            conference.network.detach(subscriber.address());
            conference.network.tap((from, to, datagram) -> {
                if (to.equals(subscriber.address())) {
                    last[0] = conference.network.now();
                }
                // What the vanished peer still sends does not arrive.
                return from.equals(subscriber.address()) ? new byte[0] : datagram;
            });
            long vanished = conference.network.now();
            conference.network.run(62 * SECOND);
            assertTrue(last[0] - vanished <= 30 * SECOND, "sent for " + (last[0] - vanished) / SECOND + " s");
            assertTrue(subscriber.transport().isClosed());
            assertFalse(publisher.transport().isClosed());
            assertEquals(List.of(CloseReason.CONSENT_EXPIRED), reasons(conference));
        }
    }

    @Test
    void keepsMediaFlowingOverAnIceRestart() {
        try (var conference = new Conference(24, layout)) {
            var call = VideoCall.in(conference);
            var subscriber = call.subscriber();
            var incoming = call.incoming();
            conference.network.run(SECOND);
            var ice = subscriber.transport().restartIce();
            conference.network.run(SECOND);
            subscriber.peer().restartIce(
                    conference.network.now(), new IceCredentials(ice.usernameFragment(), ice.password()));
            conference.network.run(60 * SECOND);
            assertEquals(List.of(), incoming.wrong());
            assertEquals(0, incoming.skips());
            assertTrue(incoming.frames() > 1_800, incoming.toString());
            assertFalse(subscriber.transport().isClosed());
        }
    }

    private static List<CloseReason> reasons(Conference conference) {
        return conference.sfu.transportEvents().stream()
                .filter(TransportEvent.Closed.class::isInstance)
                .map(event -> ((TransportEvent.Closed) event).reason())
                .toList();
    }
}
