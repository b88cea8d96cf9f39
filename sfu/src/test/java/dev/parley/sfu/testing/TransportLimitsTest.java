package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.lane.LaneCounts;
import dev.parley.sfu.lane.ProducerSetup;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.wire.TransportAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a transport takes, from whom, and how much of it. */
@ParameterizedClass
@EnumSource
class TransportLimitsTest {
    @Parameter
    private LaneLayout layout;

    /** RFC 6347, 4.1: the content type that all records of a first flight have. */
    private static final byte HANDSHAKE_RECORD = 22;

    @Test
    void learnsTheSsrcOfAStreamThatAnnouncedItsMidAlone() {
        try (var conference = new Conference(41, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var spec = StreamSpec.audio(1, 777, 111, Conference.EXTENSIONS).withMid("a1");
            var published = publishByMid(conference, publisher, spec);
            var incoming = conference.subscribe(published, subscriber).incoming();
            conference.send(publisher, published);
            conference.network.run(Conference.SECOND);
            assertEquals(List.of(), incoming.wrong());
            assertTrue(incoming.frames() > 40, incoming.frames() + " frames");
        }
    }

    @Test
    void aSecondSsrcUnderTheSameMidIsUndeclared() {
        try (var conference = new Conference(42, layout)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var spec = StreamSpec.audio(1, 777, 111, Conference.EXTENSIONS).withMid("a1");
            var published = publishByMid(conference, publisher, spec);
            var incoming = conference.subscribe(published, subscriber).incoming();
            conference.send(publisher, published);
            conference.network.run(Conference.SECOND);
            var twin = StreamSpec.audio(2, 778, 111, Conference.EXTENSIONS).withMid("a1");
            publisher.peer().send(twin).start(conference.network.now());
            conference.network.run(Conference.SECOND);
            assertEquals(List.of(), incoming.wrong());
            assertTrue(publisher.transport().drops().of(Drop.UNDECLARED_STREAM) > 40);
        }
    }

    private static VirtualSfu.Published publishByMid(
            Conference conference, Conference.Member publisher, StreamSpec spec) {
        var announced = Negotiation.toProduce(spec);
        var nameless = new RtpEncodingParameters(
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                OptionalInt.empty());
        var parameters = new RtpParameters(
                announced.mid(), announced.codecs(), announced.headerExtensions(), List.of(nameless), announced.rtcp());
        var kind = Negotiation.kind(spec);
        var capabilities = Ortc.routerCapabilities(Ortc.defaultCodecs());
        var setup = new ProducerSetup("by-mid", kind, parameters, Ortc.mapping(parameters, capabilities), false);
        var producer = publisher.transport().produce(conference.network.now(), setup, event -> {});
        return new VirtualSfu.Published(spec, producer, Ortc.consumable(kind, parameters, capabilities));
    }

    @Test
    void dropsWhatComesFromAnAddressThatWasNotValidated() {
        try (var conference = new Conference(43, layout)) {
            var publisher = conference.join();
            assertTrue(conference.connected());
            var stranger = TransportAddress.ipv4(0x0b00_0001, 9);
            for (int first : new int[] {22, 128, 144}) {
                conference.network.send(stranger, conference.sfuAddress, new byte[] {(byte) first, 100, 0, 0});
            }
            conference.network.send(stranger, conference.sfuAddress, new byte[] {(byte) 200});
            conference.network.run(Conference.SECOND);
            assertEquals(3, conference.sfu.drops(Drop.UNVALIDATED_SOURCE));
            assertEquals(1, conference.sfu.drops(Drop.UNKNOWN_PROTOCOL));
            assertFalse(publisher.transport().isClosed());
        }
    }

    @Test
    void aTransportsOldAddressesAndNamesAreForgottenWithIt() {
        try (var conference = new Conference(44, layout)) {
            var member = conference.join();
            assertTrue(conference.connected());
            conference.sfu.act(now -> member.transport().close(now, CloseReason.CLOSE_CALLED));
            conference.network.send(member.address(), conference.sfuAddress, new byte[] {(byte) 128, 100, 0, 0});
            // Its peer goes on to check for consent under the name of before.
            conference.network.run(10 * Conference.SECOND);
            assertTrue(conference.sfu.drops(Drop.UNVALIDATED_SOURCE) >= 1);
            assertTrue(conference.sfu.drops(Drop.STUN_UNKNOWN_USER) >= 1);
        }
    }

    @Test
    void atMost256HandshakesGoOnAtOnceAndNoneForEver() {
        try (var conference = new Conference(45, layout)) {
            // The server's flights are lost, so that no handshake ends by itself.
            conference.network.tap((from, to, datagram) ->
                    from.equals(conference.sfuAddress) && datagram[0] == HANDSHAKE_RECORD ? new byte[0] : datagram);
            for (int i = 0; i < 2 * 280; i++) {
                conference.join();
            }
            conference.network.run(2 * Conference.SECOND);
            assertEquals(256, conference.sfu.total(LaneCounts::handshakes));
            conference.network.run(29 * Conference.SECOND);
            assertEquals(0, conference.sfu.total(LaneCounts::handshakes));
            assertEquals(0, conference.sfu.total(LaneCounts::transports), "those that got no turn are freed by the connect timeout");
        }
    }
}
