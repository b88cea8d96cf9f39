package dev.parley.sfu.wire.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.Segments;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private final MemorySegment memory = MemorySegment.ofArray(new byte[1500]);
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();

    RtcpTest() {
        writer.wrap(memory, 0, 1200);
    }

    private void read(String hex) {
        var bytes = Segments.hex(hex);
        reader.wrap(bytes, 0, (int) bytes.byteSize());
    }

    private void readWritten() {
        reader.wrap(memory.asSlice(0, writer.length()), 0, writer.length());
    }

    @Test
    void readsACompoundThatItWrote() {
        assertTrue(writer.senderReport(1, 0x0123456789abcdefL, 0xfffffff0L, 7, 0xfffffffeL));
        assertTrue(writer.reportBlock(2, 255, -3, 0x1ffffL, 90, 0xaabbccddL, 65536));
        assertTrue(writer.reportBlock(3, 0, 0x1000000, 0, 0, 0, 0));
        assertTrue(writer.sourceDescription(1, "somebody"));
        assertTrue(writer.bye(9));
        readWritten();

        assertTrue(reader.next());
        assertEquals(RtcpKind.SENDER_REPORT, reader.kind());
        assertEquals(1, reader.senderSsrc());
        assertEquals(0x0123456789abcdefL, SenderReport.ntp(reader));
        assertEquals(0xfffffff0L, SenderReport.rtpTimestamp(reader));
        assertEquals(7, SenderReport.packets(reader));
        assertEquals(0xfffffffeL, SenderReport.bytes(reader));
        assertEquals(2, reader.count());
        assertEquals(2, ReportBlock.ssrc(reader, 0));
        assertEquals(255, ReportBlock.fractionLost(reader, 0));
        assertEquals(-3, ReportBlock.cumulativeLost(reader, 0));
        assertEquals(0x1ffffL, ReportBlock.extendedHighest(reader, 0));
        assertEquals(90, ReportBlock.jitter(reader, 0));
        assertEquals(0xaabbccddL, ReportBlock.lastSenderReport(reader, 0));
        assertEquals(65536, ReportBlock.delaySinceLastSenderReport(reader, 0));
        assertEquals(0x7fffff, ReportBlock.cumulativeLost(reader, 1), "clamped to 24 bits");

        assertTrue(reader.next());
        assertEquals(RtcpKind.SOURCE_DESCRIPTION, reader.kind());
        assertEquals(Optional.of("somebody"), SourceDescription.cname(reader, 1));
        assertEquals(Optional.empty(), SourceDescription.cname(reader, 2));

        assertTrue(reader.next());
        assertEquals(RtcpKind.BYE, reader.kind());
        assertEquals(9, reader.byeSsrc(0));
        assertFalse(reader.next());
        assertFalse(reader.isMalformed());
    }

    @Test
    void writesCanonicalNamesOfEveryLength() {
        for (int length = 0; length <= 255; length++) {
            writer.wrap(memory, 0, 1200);
            assertTrue(writer.sourceDescription(5, "x".repeat(length)));
            assertEquals(0, writer.length() % 4);
            readWritten();
            assertTrue(reader.next());
            assertEquals(Optional.of("x".repeat(length)), SourceDescription.cname(reader, 5));
        }
    }

    @Test
    void holdsThirtyOneReportBlocksAndRefusesMore() {
        writer.receiverReport(1);
        for (int i = 0; i < 31; i++) {
            assertTrue(writer.reportBlock(i, 0, 0, 0, 0, 0, 0));
        }
        assertFalse(writer.reportBlock(31, 0, 0, 0, 0, 0, 0));
        readWritten();
        assertTrue(reader.next());
        assertEquals(RtcpKind.RECEIVER_REPORT, reader.kind());
        assertEquals(31, reader.count());
        assertEquals(30, ReportBlock.ssrc(reader, 30));
    }

    @Test
    void packsNacksIntoMasks() {
        var lost = new long[] {65_530, 65_531, 65_546, 65_547, 70_000};
        assertEquals(5, writer.nack(1, 2, lost, 5));
        readWritten();
        assertTrue(reader.next());
        assertEquals(RtcpKind.NACK, reader.kind());
        assertEquals(1, reader.senderSsrc());
        assertEquals(2, reader.mediaSsrc());
        assertEquals(3, Nack.entries(reader));
        assertEquals(65_530, Nack.pid(reader, 0));
        assertEquals(0x8001, Nack.blp(reader, 0));
        assertEquals(65_547 & 0xffff, Nack.pid(reader, 1));
        assertEquals(0, Nack.blp(reader, 1));
        assertEquals(70_000 & 0xffff, Nack.pid(reader, 2));
    }

    @Test
    void nacksExactlyWhatIsLost() {
        var random = new Random(3);
        for (int round = 0; round < 2000; round++) {
            var lost = new TreeSet<Long>();
            for (int i = random.nextInt(1, 60); i > 0; i--) {
                lost.add(65_000 + (long) random.nextInt(1000));
            }
            writer.wrap(memory, 0, 1200);
            int taken = writer.nack(1, 2, lost.stream().mapToLong(x -> x).toArray(), lost.size());
            assertEquals(lost.size(), taken);
            readWritten();
            assertTrue(reader.next());
            var read = new TreeSet<Long>();
            for (int i = 0; i < Nack.entries(reader); i++) {
                for (int bit = -1; bit < 16; bit++) {
                    if (bit < 0 || (Nack.blp(reader, i) >>> bit & 1) != 0) {
                        int number = Nack.pid(reader, i) + bit + 1 & 0xffff;
                        read.add(number < 32768 ? number + 65536L : number);
                    }
                }
            }
            assertEquals(lost, read);
        }
    }

    @Test
    void takesAsManyNacksAsFit() {
        writer.wrap(memory, 0, 20);
        assertEquals(2, writer.nack(1, 2, new long[] {0, 100, 200}, 3));
        assertEquals(20, writer.length());
        assertEquals(0, writer.nack(1, 2, new long[] {200}, 1));
        assertEquals(20, writer.length());
    }

    @Test
    void asksForKeyFrames() {
        assertTrue(writer.pli(1, 2));
        assertTrue(writer.fir(1, 0xfffffffeL, 255));
        readWritten();
        assertTrue(reader.next());
        assertEquals(RtcpKind.PLI, reader.kind());
        assertEquals(2, reader.mediaSsrc());
        assertTrue(reader.next());
        assertEquals(RtcpKind.FIR, reader.kind());
        assertEquals(1, Fir.entries(reader));
        assertEquals(0xfffffffeL, Fir.ssrc(reader, 0));
        assertEquals(255, Fir.number(reader, 0));
    }

    @Test
    void limitsBitratesWithRemb() {
        for (long bitrate : new long[] {0, 1, 0x3ffff, 0x40000, 2_500_000, 1L << 40, Long.MAX_VALUE}) {
            writer.wrap(memory, 0, 1200);
            assertTrue(writer.remb(1, 77, bitrate));
            readWritten();
            assertTrue(reader.next());
            assertEquals(RtcpKind.REMB, reader.kind());
            assertEquals(77, Remb.ssrc(reader, 0));
            assertTrue(Remb.bitrate(reader) <= bitrate);
            assertTrue(Remb.bitrate(reader) >= bitrate - (bitrate >> 17));
        }
        read("8fce0005 00000001 00000000 52454d42 01ffffff 00000002");
        assertTrue(reader.next());
        assertEquals(Long.MAX_VALUE, Remb.bitrate(reader), "does not overflow");
    }

    @Test
    void refusesWhatDoesNotFitAndWritesNothing() {
        for (int room = 0; room < 12; room++) {
            writer.wrap(memory, 0, room);
            assertFalse(writer.pli(1, 2));
            assertFalse(writer.senderReport(1, 2, 3, 4, 5));
            assertFalse(writer.sourceDescription(1, "x".repeat(8)));
            assertFalse(writer.transportCc(1, 2, 3, 4, 5, new int[] {1}, 1));
            assertEquals(0, writer.length());
        }
    }

    @Test
    void endsTheWalkAtABadPacketAfterTheGoodOnes() {
        read("81ce0002 00000001 00000002  81cd0003 00000001 00000002");
        assertTrue(reader.next());
        assertFalse(reader.next());
        assertTrue(reader.isMalformed());
        assertFalse(reader.next());
    }

    @Test
    void refusesShortReportsAndFeedback() {
        for (var bad : List.of(
                "", "80", "80c800", "40c90001 00000001", "81c90001 00000001", "80c80001 00000001", "80cd0001 00000001",
                "81cd0002 00000001 00000002", "84ce0003 00000001 00000002 00000003", "82cb0001 00000001",
                "81ca0001 00000001", "81ca0002 00000001 01050000", "a0c90001 00000000", "a0c90001 00000005",
                "8fce0004 00000001 00000000 52454d42 01000000", "8fcd0003 00000001 00000002 00000000")) {
            read(bad);
            assertFalse(reader.next(), bad);
            assertTrue(reader.isMalformed(), bad);
        }
    }

    @Test
    void passesOverWhatIsOfNoInterest() {
        read("80cf0001 00000001  80cc0002 00000001 41424344 82ce0002 00000001 00000002");
        for (int i = 0; i < 3; i++) {
            assertTrue(reader.next());
            assertEquals(RtcpKind.OTHER, reader.kind());
        }
        assertFalse(reader.next());
        assertFalse(reader.isMalformed());
    }

    @Test
    void readsTheTransportFeedbackOfOthers() {
        // From the tests of another implementation, as libwebrtc sends it: padding that is no multiple of four.
        read("afcd0005 fa17fa17 43032fa0 00990001 3de80217 20019401");
        assertTrue(reader.next());
        assertEquals(RtcpKind.TRANSPORT_CC, reader.kind());
        assertEquals(153, TransportCc.baseSequence(reader));
        assertEquals(4_057_090, TransportCc.referenceTime(reader));
        assertEquals(23, TransportCc.feedbackCount(reader));
        assertEquals(List.of("153 at 1038615188"), visited());

        read("afcd0006 fa17fa17 193dd8bb 01740002 45b15a40 d800f0ff d0000003");
        assertTrue(reader.next());
        long reference = 4_567_386L * 256;
        assertEquals(List.of("372 at " + (reference + 240), "373 at " + (reference + 192)), visited());
    }

    private List<String> visited() {
        var seen = new ArrayList<String>();
        assertTrue(TransportCc.visit(
                reader, (n, received, ticks) -> seen.add(n + (received ? " at " + ticks : " lost"))));
        return seen;
    }

    @Test
    void roundTripsTransportFeedbackOfEveryPattern() {
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            int count = random.nextInt(1, 120);
            var deltas = new int[count];
            var expected = new ArrayList<String>();
            int base = random.nextInt(1 << 16);
            long reference = random.nextInt(1 << 24) - (1 << 23);
            long ticks = reference * 256;
            int style = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                deltas[i] = delta(random, style);
                int number = base + i & 0xffff;
                if (deltas[i] != RtcpWriter.NOT_RECEIVED) {
                    ticks += deltas[i];
                }
                expected.add(number + (deltas[i] == RtcpWriter.NOT_RECEIVED ? " lost" : " at " + ticks));
            }
            writer.wrap(memory, 0, 1200);
            assertTrue(writer.transportCc(1, 2, base, reference, round, deltas, count));
            readWritten();
            assertTrue(reader.next());
            assertEquals(round & 0xff, TransportCc.feedbackCount(reader));
            assertEquals(expected, visited());
        }
    }

    private static int delta(Random random, int style) {
        return switch (random.nextInt(style == 0 ? 30 : 4)) {
            case 0 -> RtcpWriter.NOT_RECEIVED;
            case 1 -> style < 2 ? 4 : random.nextInt(-32_768, 32_768);
            default -> random.nextInt(256);
        };
    }

    @Test
    void survivesMutations() {
        writer.senderReport(1, 2, 3, 4, 5);
        writer.reportBlock(2, 255, -3, 0x1ffffL, 90, 0xaabbccddL, 65536);
        writer.sourceDescription(1, "somebody");
        writer.nack(1, 2, new long[] {3, 4, 50}, 3);
        writer.fir(1, 2, 3);
        writer.remb(1, 2, 300_000);
        writer.transportCc(1, 2, 3, 4, 5, new int[] {1, 2, 300, RtcpWriter.NOT_RECEIVED, 5, -4}, 6);
        writer.bye(1);
        var original = memory.asSlice(0, writer.length()).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
        var random = new Random(13);
        int complete = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = original.clone();
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
            Segments.mutate(random, bytes, length);
            reader.wrap(MemorySegment.ofArray(bytes).asSlice(0, length), 0, length);
            while (reader.next()) {
                touch();
            }
            complete += reader.isMalformed() ? 0 : 1;
        }
        assertTrue(complete > 10_000, "mutations that are still compounds: " + complete);
    }

    /** Reads everything there is: nothing of a packet that was shown may lie outside it. */
    private void touch() {
        switch (reader.kind()) {
            case SENDER_REPORT, RECEIVER_REPORT -> {
                for (int i = 0; i < reader.count(); i++) {
                    ReportBlock.delaySinceLastSenderReport(reader, i);
                }
            }
            case SOURCE_DESCRIPTION -> SourceDescription.cname(reader, 1);
            case BYE -> {
                for (int i = 0; i < reader.count(); i++) {
                    reader.byeSsrc(i);
                }
            }
            case NACK -> Nack.blp(reader, Nack.entries(reader) - 1);
            case FIR -> Fir.number(reader, Fir.entries(reader) - 1);
            case REMB -> {
                assertTrue(Remb.bitrate(reader) >= 0);
                for (int i = 0; i < Remb.sources(reader); i++) {
                    Remb.ssrc(reader, i);
                }
            }
            case TRANSPORT_CC -> TransportCc.visit(reader, (number, received, ticks) -> {});
            case PLI, OTHER -> reader.mediaSsrc();
        }
    }
}
