package dev.parley.sfu.engine.forward;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.stream.Media;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.RingPacket;
import dev.parley.sfu.engine.stream.RtpSource;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Publisher → SFU → subscriber over two bad networks, in virtual time: what was lost on either is repaired by NACK and
 * RTX.
 */
class RepairSimulationTest {
    private static final int FRAMES = 900;
    private static final long FRAME_NANOS = 33 * MS;
    private static final long BAD_UNTIL = (FRAMES - 5) * FRAME_NANOS;

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, 0, 0", "2, 0.01, 65530, 4294967000", "3, 0.05, 65535, 4294967295", "4, 0.10, 1, 5",
        "5, 0.10, 32767, 2147483647", "6, 0.10, 0, 0", "7, 0.15, 40000, 90000", "8, 0.08, 65000, 0"
    })
    void deliversEveryPacketIntactAndInOrderAfterRepair(
            long seed, double loss, int firstSequence, long firstTimestamp) {
        var random = new Random(seed);
        var source = new RtpSource(PacketRing.VIDEO_CAPACITY, firstSequence);
        var sfu = Media.receiver(Media.video());
        var subscriber = Media.receiver(Media.video());
        var publisher = new Forwarder(
                Media.sendVideo(true, firstSequence), source.ring(), source.clock(), new TransportCounter());
        var consumer = new Forwarder(
                Media.sendVideo(true, 65_535 - firstSequence), sfu.ring(), sfu.clock(), new TransportCounter());
        var up = new Hop(publisher, sfu, seed * 10, loss, BAD_UNTIL);
        var down = new Hop(consumer, subscriber, seed * 10 + 5, loss, BAD_UNTIL);
        publisher.resume();
        consumer.resume();

        var sent = new TreeMap<Long, Integer>();
        long sequence = 0;
        long now = 0;
        long end = FRAMES * FRAME_NANOS + 3000 * MS;
        for (long frame = 0; now < end; ) {
            if (frame < FRAMES && now >= frame * FRAME_NANOS) {
                int packets = random.nextInt(1, 6);
                for (int i = 0; i < packets; i++) {
                    int size = random.nextInt(20, 1150);
                    var payload = payload(sequence, size, frame == 0 && i == 0);
                    source.add(
                            now, firstTimestamp + frame * 3000, i == packets - 1, sequence == 0, -1, payload, 0, size);
                    sent.put(sequence++, size);
                }
                frame++;
            }
            up.run(now);
            down.run(now);
            long next = Math.min(up.nextEvent(), down.nextEvent());
            now = Math.max(now + 1, Math.min(next, frame < FRAMES ? frame * FRAME_NANOS : end));
        }
        assertComplete(subscriber, sent, seed);
        if (loss > 0) {
            assertTrue(up.media.lost > 10 * loss && down.media.lost > 10 * loss, "the networks were bad");
            assertTrue(sfu.stats(now).packetsRepaired() > 0 && subscriber.stats(now).packetsRepaired() > 0);
            double reported = down.from.stream().stats(now).packetsLost() / (double) sent.size();
            assertEquals(loss, reported, 0.06);
        }
        double roundTrip = consumer.stream().stats(now).roundTripNanos() / (double) MS;
        assertTrue(roundTrip >= 39 && roundTrip <= 125, "round trip " + roundTrip);
        int acknowledged = up.acknowledged.size();
        assertTrue(acknowledged > sent.size() * (1 - 2 * loss - 0.02), "acknowledged " + acknowledged);
    }

    private static MemorySegment payload(long sequence, int size, boolean key) {
        var payload = MemorySegment.ofArray(new byte[size]);
        payload.fill((byte) sequence);
        Bytes.put8(payload, 0, 0x10);
        Bytes.put8(payload, 1, key ? 0x10 : 0x11);
        Bytes.put64(payload, 2, sequence);
        return payload;
    }

    /**
     * The ring of the subscriber holds the last 1024 packets: put in order, they are the last that were sent, bit for
     * bit.
     */
    private static void assertComplete(RecvStream subscriber, TreeMap<Long, Integer> sent, long seed) {
        var ring = subscriber.ring();
        var inOrder = new TreeMap<Long, Long>();
        var packet = new RingPacket();
        for (long position = ring.oldest(); position <= ring.published(); position++) {
            assertTrue(packet.load(ring, position));
            assertEquals(null, inOrder.put(packet.sequence(), position), "no packet twice");
        }
        long first = Math.max(0, inOrder.size() > 1000 ? inOrder.lastKey() - 900 : inOrder.firstKey());
        long expected = sent.lastKey() - (inOrder.lastKey() - first);
        for (var entry : inOrder.tailMap(first).entrySet()) {
            assertTrue(packet.load(ring, entry.getValue()));
            long at = packet.payloadOffset();
            assertEquals(expected, Bytes.i64(ring.memory(), at + 2), "seed " + seed);
            int size = sent.get(expected);
            assertEquals(size, packet.payloadLength());
            for (int i = 10; i < size; i++) {
                assertEquals((byte) expected, (byte) Bytes.u8(ring.memory(), at + i));
            }
            expected++;
        }
        assertEquals(sent.lastKey() + 1, expected, "seed " + seed + ": everything has arrived");
        var stats = subscriber.stats(0);
        assertEquals(sent.size(), stats.packets() + stats.packetsRepaired(), "seed " + seed + ": from the first on");
    }
}
