package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.StreamCounts;
import dev.parley.sfu.engine.Drop;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the counters say is what went over the wire. */
final class CountersTest {
    /** Every datagram to and from the SFU, as the network saw it. */
    private static final class Wire {
        final AtomicLong packetsIn = new AtomicLong();
        final AtomicLong bytesIn = new AtomicLong();
        final AtomicLong packetsOut = new AtomicLong();
        final AtomicLong bytesOut = new AtomicLong();
        /** Members send nothing any more, so that nothing is on its way when the counters are read. */
        boolean cut;

        Wire(Conference conference) {
            conference.network.tap((from, to, datagram) -> {
                var out = from.equals(conference.sfuAddress);
                if (!out && cut) {
                    return new byte[0];
                }
                (out ? packetsOut : packetsIn).incrementAndGet();
                (out ? bytesOut : bytesIn).addAndGet(datagram.length);
                return datagram;
            });
        }
    }

    @Test
    void equalWhatWasReallySent() {
        try (var conference = new Conference(71)) {
            var wire = new Wire(conference);
            var publisher = conference.join();
            var subscriber = conference.join();
            assertTrue(conference.connected());
            var video = conference.publishVideo(publisher, 1);
            var audio = conference.publishAudio(publisher, 2);
            var seen = conference.subscribe(video, subscriber);
            var heard = conference.subscribe(audio, subscriber);
            var outgoing = conference.send(publisher, video);
            conference.send(publisher, audio).stop();
            conference.network.run(3 * Conference.SECOND);
            outgoing.stop();
            wire.cut = true;
            conference.network.run(Conference.SECOND);

            var core = conference.sfu.core();
            assertEquals(wire.packetsIn.get(), core.counts().packetsReceived());
            assertEquals(wire.bytesIn.get(), core.counts().bytesReceived());
            assertEquals(wire.packetsOut.get(), core.out().datagrams());
            assertEquals(wire.bytesOut.get(), core.out().bytes());
            var ends = new long[4];
            for (var transport : List.of(publisher.transport(), subscriber.transport())) {
                ends[0] += transport.counts().packetsReceived();
                ends[1] += transport.counts().bytesReceived();
                ends[2] += transport.counts().packetsSent();
                ends[3] += transport.counts().bytesSent();
            }
            assertEquals(wire.packetsIn.get(), ends[0], "all came from members");
            assertEquals(wire.bytesIn.get(), ends[1]);
            assertEquals(wire.packetsOut.get(), ends[2]);
            assertEquals(wire.bytesOut.get(), ends[3]);
            assertEquals(outgoing.packets(), video.producer().counts().packets());
            assertEquals(video.producer().counts().packets(), seen.consumer().counts().packets());
            assertEquals(0, seen.consumer().counts().repairs());
            assertTrue(video.producer().counts().bytes() > 100 * video.producer().counts().packets());
            assertEquals(StreamCounts.NONE, heard.consumer().counts(), "a stream that was stopped at once");
        }
    }

    @Test
    void countADropInItsTransportAndInItsLane() {
        try (var conference = new Conference(72)) {
            var member = conference.join();
            assertTrue(conference.connected());
            var before = conference.sfu.core().drops().of(Drop.RTP_MALFORMED);
            var cut = new byte[] {(byte) 0x9f, 96, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
            conference.network.send(member.address(), conference.sfuAddress, cut);
            conference.network.run(Conference.SECOND);
            assertEquals(1, member.transport().drops().of(Drop.RTP_MALFORMED));
            assertEquals(before + 1, conference.sfu.core().drops().of(Drop.RTP_MALFORMED));
        }
    }
}
