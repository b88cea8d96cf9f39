package dev.parley.sfu.testing;

import static dev.parley.sfu.testing.Conference.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.TransportTuple;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Transports over TCP, and between UDP and TCP, on a virtual network. */
@ParameterizedClass
@EnumSource(LaneLayout.class)
final class VirtualTcpTest {
    @Parameter
    private LaneLayout layout;

    /** A member that knows a UDP and a TCP candidate, or the latter alone. */
    private static Conference.Member join(Conference conference, List<TransportAddress> tcp, boolean udp) {
        return conference.join(address -> {
            tcp.add(conference.sfu.tcp(address));
            return udp ? List.of(conference.sfuAddress, tcp.getLast()) : List.of(tcp.getLast());
        });
    }

    private static void restart(Conference conference, Conference.Member member) {
        conference.sfu.act(now -> {
            var ice = member.transport().restartIce();
            member.peer().restartIce(now, new IceCredentials(ice.usernameFragment(), ice.password()));
        });
    }

    private static String protocol(Conference.Member member) {
        return member.transport().selectedTuple().map(TransportTuple::protocol).orElse("none");
    }

    @Test
    void aWholeCallGoesOverTcp() {
        try (var conference = new Conference(21, layout)) {
            var tcp = new ArrayList<TransportAddress>();
            var publisher = join(conference, tcp, false);
            var subscriber = join(conference, tcp, false);
            var other = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var audio = conference.publishAudio(publisher, 2);
            var streams = new ArrayList<IncomingStream>();
            for (var published : List.of(video, audio)) {
                streams.add(conference.subscribe(published, subscriber).incoming());
                streams.add(conference.subscribe(published, other).incoming());
                conference.send(publisher, published);
            }
            conference.network.run(5 * SECOND);
            for (var stream : streams) {
                assertEquals(List.of(), stream.wrong());
                assertTrue(stream.frames() > 100, () -> stream.frames() + " frames");
            }
            assertEquals("tcp", protocol(publisher));
            assertEquals("tcp", protocol(subscriber));
            assertEquals("udp", protocol(other));
            var link = conference.sfu.link(tcp.getLast());
            assertTrue(link.video() > 100 && link.others() > 100);
        }
    }

    @Test
    void aCallWhoseUdpDiesGoesOnOverTcpAndBackWhenTcpIsHungUp() {
        try (var conference = new Conference(22, layout)) {
            var tcp = new ArrayList<TransportAddress>();
            var publisher = conference.join();
            var subscriber = join(conference, tcp, true);
            assertTrue(conference.connected());
            assertEquals("udp", protocol(subscriber));
            var video = conference.publishVideo(publisher, 1);
            var incoming = conference.subscribe(video, subscriber).incoming();
            conference.send(publisher, video);
            conference.network.run(2 * SECOND);
            var before = incoming.frames();
            // UDP dies for the subscriber, both ways, and it restarts ICE as browsers' pages do.
            conference.network.tap((from, to, datagram) ->
                    from.equals(subscriber.address()) && !to.isTcp() || to.equals(subscriber.address()) && !from.isTcp()
                            ? new byte[0]
                            : datagram);
            restart(conference, subscriber);
            assertTrue(conference.network.runUntil(() -> protocol(subscriber).equals("tcp"), 5 * SECOND));
            // What was lost on the way is sent again over TCP: nothing is missing in the end.
            assertTrue(conference.network.runUntil(() -> incoming.frames() > before + 100, 10 * SECOND));
            assertEquals(List.of(), incoming.wrong());
            assertFalse(subscriber.transport().isClosed());
            // UDP is back and checked again, then TCP goes away: what is left is used at once.
            conference.network.tap((from, to, datagram) -> datagram);
            restart(conference, subscriber);
            assertTrue(conference.network.runUntil(() -> protocol(subscriber).equals("udp"), 5 * SECOND));
            var overTcp = incoming.frames();
            conference.sfu.hangUp(tcp.getFirst(), subscriber.address());
            assertEquals("udp", protocol(subscriber));
            assertTrue(conference.network.runUntil(() -> incoming.frames() > overTcp + 50, 10 * SECOND));
            assertEquals(List.of(), incoming.wrong());
        }
    }

    @Test
    void aHungUpConnectionFallsBackToAnotherValidAddressAtOnce() {
        try (var conference = new Conference(23, layout)) {
            var tcp = new ArrayList<TransportAddress>();
            var publisher = conference.join();
            var subscriber = join(conference, tcp, true);
            assertTrue(conference.connected());
            var audio = conference.publishAudio(publisher, 1);
            var incoming = conference.subscribe(audio, subscriber).incoming();
            conference.send(publisher, audio);
            // Only TCP answers while it restarts; the UDP address keeps its consent from before.
            conference.network.tap((from, to, datagram) -> from.equals(subscriber.address()) && !to.isTcp()
                    ? new byte[0]
                    : datagram);
            restart(conference, subscriber);
            assertTrue(conference.network.runUntil(() -> protocol(subscriber).equals("tcp"), 5 * SECOND));
            var received = incoming.received();
            conference.sfu.hangUp(tcp.getFirst(), subscriber.address());
            assertEquals("udp", protocol(subscriber));
            conference.network.run(SECOND);
            assertTrue(incoming.received() > received + 40, "sound goes on over UDP");
            var tuples = conference.sfu.transportEvents().stream()
                    .filter(TransportEvent.IceSelectedTupleChanged.class::isInstance)
                    .toList();
            assertTrue(tuples.size() >= 4, tuples::toString);
        }
    }

    @Test
    void aTransportWhoseOnlyConnectionIsHungUpWaitsForAnotherCheck() {
        try (var conference = new Conference(24, layout)) {
            var tcp = new ArrayList<TransportAddress>();
            var member = join(conference, tcp, false);
            assertTrue(conference.connected());
            conference.sfu.hangUp(tcp.getFirst(), member.address());
            assertEquals("none", protocol(member));
            assertEquals(dev.parley.sfu.IceState.DISCONNECTED, member.transport().iceState());
            assertFalse(member.transport().isClosed());
            conference.network.run(61 * SECOND);
            assertTrue(member.transport().isClosed());
        }
    }

    @Test
    void aCongestedConnectionGivesUpVideoKeepsSoundAndGoesOnWithAKeyFrame() {
        try (var conference = new Conference(25, layout)) {
            var tcp = new ArrayList<TransportAddress>();
            var publisher = conference.join();
            var subscriber = join(conference, tcp, false);
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var audio = conference.publishAudio(publisher, 2);
            var seen = conference.subscribe(video, subscriber).incoming();
            var heard = conference.subscribe(audio, subscriber).incoming();
            conference.send(publisher, video);
            conference.send(publisher, audio);
            conference.network.run(2 * SECOND);
            var link = conference.sfu.link(tcp.getFirst());
            link.congested(true);
            seen.expectGap();
            conference.network.run(SECOND / 2);
            var frames = seen.frames();
            var sound = heard.received();
            var keyFrames = seen.keyFrames();
            conference.network.run(2 * SECOND);
            assertEquals(frames, seen.frames(), "no video");
            assertTrue(heard.received() >= sound + 95, "all of the sound");
            assertTrue(subscriber.transport().drops().of(Drop.TCP_QUEUE_VIDEO) > 20);
            assertEquals(0, subscriber.transport().drops().of(Drop.TCP_QUEUE_FULL));
            link.congested(false);
            assertTrue(conference.network.runUntil(() -> seen.frames() > frames + 30, 5 * SECOND));
            assertTrue(seen.keyFrames() > keyFrames);
            assertEquals(List.of(), seen.wrong());
            assertEquals(List.of(), heard.wrong());
        }
    }

    @Test
    void closesTheConnectionsOfATransportThatIsClosedOrHasNoConsent() {
        try (var conference = new Conference(26, layout)) {
            var tcp = new ArrayList<TransportAddress>();
            var gone = join(conference, tcp, false);
            var silent = join(conference, tcp, false);
            assertTrue(conference.connected());
            conference.sfu.act(now -> gone.transport().close(now, dev.parley.sfu.CloseReason.CLOSE_CALLED));
            assertTrue(conference.sfu.link(tcp.getFirst()).isClosed());
            conference.forget(silent);
            conference.network.run(20 * SECOND);
            assertFalse(conference.sfu.link(tcp.getLast()).isClosed());
            conference.network.run(12 * SECOND);
            assertTrue(conference.sfu.link(tcp.getLast()).isClosed());
        }
    }
}
