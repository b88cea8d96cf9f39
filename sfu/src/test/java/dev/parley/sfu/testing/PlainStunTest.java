package dev.parley.sfu.testing;

import static dev.parley.sfu.testing.Conference.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunMessage;
import dev.parley.sfu.wire.stun.StunType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The media port as a STUN server for anybody, beside the transports that it serves. */
final class PlainStunTest {
    private static final byte[] REQUEST = new StunBuilder(StunType.BINDING_REQUEST, new byte[12]).buildPlain();

    private static final class Asker implements VirtualNetwork.Host {
        private final List<byte[]> answers = new ArrayList<>();

        @Override
        public void receive(long now, TransportAddress from, TransportAddress to, byte[] datagram) {
            answers.add(datagram);
        }

        @Override
        public long nextTimeout() {
            return Long.MAX_VALUE;
        }

        @Override
        public void timeout(long now) {}
    }

    @Test
    void answersAStrangerWithItsAddressAndOverTheLimitNotAtAll() {
        try (var conference = new Conference(31)) {
            var asker = new Asker();
            var address = TransportAddress.ipv4(0x0b00_0001, 9);
            conference.network.attach(address, asker);
            conference.network.send(address, conference.sfuAddress, REQUEST);
            conference.network.run(SECOND);
            assertEquals(1, asker.answers.size());
            var answer = StunMessage.parse(asker.answers.getFirst()).orElseThrow();
            assertEquals(address, answer.xorMappedAddress().orElseThrow());
            for (int i = 0; i < 500; i++) {
                conference.network.send(address, conference.sfuAddress, REQUEST);
            }
            conference.network.run(SECOND);
            assertTrue(asker.answers.size() <= 31, () -> asker.answers.size() + " answers");
            assertTrue(conference.sfu.drops(Drop.STUN_RATE_OF_ADDRESS) >= 470);
        }
    }

    @Test
    void aMemberThatAsksFromItsMediaAddressDisturbsNothing() {
        try (var conference = new Conference(32)) {
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var audio = conference.publishAudio(publisher, 1);
            var incoming = conference.subscribe(audio, subscriber).incoming();
            conference.send(publisher, audio);
            for (int i = 0; i < 50; i++) {
                conference.network.send(subscriber.address(), conference.sfuAddress, REQUEST);
                conference.network.run(SECOND / 10);
            }
            assertTrue(incoming.received() > 200);
            assertEquals(List.of(), incoming.wrong());
            assertFalse(subscriber.transport().isClosed());
            assertEquals(0, subscriber.transport().drops().of(Drop.STUN_UNKNOWN_USER));
        }
    }
}
