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
import dev.parley.sfu.engine.stream.TwccReceiver;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.rtcp.Nack;
import dev.parley.sfu.wire.rtcp.ReportBlock;
import dev.parley.sfu.wire.rtcp.RtcpKind;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.SenderReport;
import dev.parley.sfu.wire.rtcp.TransportCc;
import dev.parley.sfu.wire.rtp.RtpExtension;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Publisher → SFU → subscriber over two bad networks, in virtual time: what was lost on either is repaired by NACK and
 * RTX. With three retransmissions at most, one packet in ten thousand stays lost at a loss of 10 %; these seeds have
 * none of them.
 */
class RepairSimulationTest {
    private static final int FRAMES = 900;
    private static final long FRAME_NANOS = 33 * MS;

    /**
     * One direction of media between two parties, with its feedback: forwarder → link → receiver, and RTCP both ways.
     */
    private static final class Hop {
        final Link media;
        final Link back;
        final Forwarder from;
        final RecvStream to;
        final TwccReceiver twcc = new TwccReceiver(1);
        final Set<Integer> acknowledged = new HashSet<>();
        final MemorySegment out = MemorySegment.ofArray(new byte[2048]);
        final RtcpWriter writer = new RtcpWriter();
        final RtcpReader reader = new RtcpReader();
        long nextReport;
        boolean keyFrameAsked;

        Hop(Forwarder from, RecvStream to, long seed, double loss) {
            this.from = from;
            this.to = to;
            media = new Link(seed, loss, 20 * MS, 40 * MS, 100 * MS, (FRAMES - 5) * FRAME_NANOS);
            back = new Link(seed + 1, loss, 20 * MS, 40 * MS, 100 * MS, (FRAMES - 5) * FRAME_NANOS);
        }

        long nextEvent() {
            return Math.min(
                    Math.min(Math.min(media.nextArrival(), back.nextArrival()), nextReport),
                    Math.min(to.nextTimeout(), twcc.nextTimeout()));
        }

        void run(long now) {
            media.deliver(now, (bytes, length) -> receive(now, bytes, length));
            back.deliver(now, (bytes, length) -> feedback(now, bytes, length));
            for (int header = from.next(now, out, 0); header > 0; header = from.next(now, out, 0)) {
                int length = header + from.prefixLength() + from.payloadLength();
                MemorySegment.copy(
                        from.payload(), from.payloadOffset(), out, header + from.prefixLength(), from.payloadLength());
                assertTrue(from.confirm(now));
                media.send(now, out, length);
            }
            writer.wrap(out, 0, 1200);
            if (to.nextTimeout() <= now) {
                to.timeout(now, writer);
            }
            twcc.timeout(now, writer);
            report(now);
            if (writer.length() > 0) {
                back.send(now, out, writer.length());
            }
        }

        private void report(long now) {
            if (now >= nextReport) {
                nextReport = now + 1000 * MS;
                if (writer.receiverReport(1)) {
                    to.appendReportBlock(now, writer);
                }
                var sender = new RtcpWriter();
                var report = MemorySegment.ofArray(new byte[100]);
                sender.wrap(report, 0, 100);
                if (from.stream().appendReport(now, Ntp.ofUnixNanos(now), sender)) {
                    media.send(now, report, sender.length());
                }
            }
        }

        private void receive(long now, MemorySegment bytes, int length) {
            if ((Bytes.u8(bytes, 1) & 0xff) == 200) {
                reader.wrap(bytes, 0, length);
                assertTrue(reader.next());
                to.onSenderReport(now, SenderReport.ntp(reader), SenderReport.rtpTimestamp(reader));
                return;
            }
            long at = to.ring().claim();
            MemorySegment.copy(bytes, 0, to.ring().memory(), at, length);
            to.receive(now, length);
            int offset = to.packet().extensionOffset(Media.IDS.id(RtpExtension.TRANSPORT_CC));
            twcc.arrived(now, Bytes.u16(bytes, offset), to.packet().ssrc());
        }

        private void feedback(long now, MemorySegment bytes, int length) {
            reader.wrap(bytes, 0, length);
            while (reader.next()) {
                switch (reader.kind()) {
                    case NACK -> {
                        from.stream().onNackMessage();
                        for (int i = 0; i < Nack.entries(reader); i++) {
                            from.stream().onNack(now, Nack.pid(reader, i), Nack.blp(reader, i));
                        }
                    }
                    case PLI -> keyFrameAsked = true;
                    case TRANSPORT_CC -> assertTrue(TransportCc.visit(reader, (number, received, ticks) -> {
                        if (received) {
                            acknowledged.add(number);
                        }
                    }));
                    case RECEIVER_REPORT -> {
                        for (int i = 0; i < reader.count(); i++) {
                            from.stream().onReportBlock(
                                    now, ReportBlock.fractionLost(reader, i), ReportBlock.cumulativeLost(reader, i),
                                    ReportBlock.jitter(reader, i), ReportBlock.lastSenderReport(reader, i),
                                    ReportBlock.delaySinceLastSenderReport(reader, i));
                        }
                    }
                    default -> assertEquals(RtcpKind.OTHER, reader.kind());
                }
            }
            assertTrue(!reader.isMalformed());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0.0, 0, 0", "2, 0.01, 65530, 4294967000", "3, 0.05, 65535, 4294967295", "4, 0.10, 1, 5",
        "5, 0.10, 32767, 2147483647",
        "8, 0.08, 65000, 0"
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
        var up = new Hop(publisher, sfu, seed * 10, loss);
        var down = new Hop(consumer, subscriber, seed * 10 + 5, loss);
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
