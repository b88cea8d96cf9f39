package dev.parley.sfu.engine.stream;

import static dev.parley.sfu.engine.stream.Media.MS;
import static dev.parley.sfu.engine.stream.Media.feedback;
import static dev.parley.sfu.engine.stream.Media.packet;
import static dev.parley.sfu.engine.stream.Media.rtx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.rtcp.Nack;
import dev.parley.sfu.wire.rtcp.ReportBlock;
import dev.parley.sfu.wire.rtcp.RtcpKind;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtp.RtpExtension;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecvStreamTest {
    private final RecvStream stream = Media.receiver(Media.video());
    private final RingPacket read = new RingPacket();

    private static int drop(Drop reason) {
        return -1 - reason.ordinal();
    }

    private static List<Integer> nacked(RtcpReader reader) {
        var numbers = new ArrayList<Integer>();
        while (reader.next()) {
            for (int i = 0; reader.kind() == RtcpKind.NACK && i < Nack.entries(reader); i++) {
                numbers.add(Nack.pid(reader, i));
                for (int bit = 0; bit < 16; bit++) {
                    if ((Nack.blp(reader, i) >>> bit & 1) != 0) {
                        numbers.add(Nack.pid(reader, i) + bit + 1 & 0xffff);
                    }
                }
            }
        }
        return numbers;
    }

    private static boolean has(RtcpReader reader, RtcpKind kind) {
        while (reader.next()) {
            if (reader.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    @Test
    void putsPacketsIntoTheRing() {
        assertEquals(0, packet(stream, 5, 65_535, 0xffffffffL, true));
        assertEquals(1, packet(stream, 6, 0, 3000, false));
        assertTrue(read.load(stream.ring(), 0));
        assertEquals(65_535, read.sequence());
        assertEquals(0xffffffffL, read.timestamp());
        assertEquals(5, read.arrival());
        assertTrue(read.marker());
        assertTrue(read.isKeyFrame());
        assertEquals(100, read.payloadLength());
        assertEquals(1, read.extensionLength(RtpExtension.VIDEO_ORIENTATION));
        assertEquals(3, Bytes.u8(stream.ring().memory(), read.extensionOffset(RtpExtension.VIDEO_ORIENTATION)));
        assertEquals(-1, read.extensionLength(RtpExtension.MID));
        assertTrue(read.load(stream.ring(), 1));
        assertEquals(65_536, read.sequence());
        assertFalse(read.isKeyFrame());
        assertFalse(read.load(stream.ring(), 2));
        assertEquals(1, stream.ring().find(65_536));
        assertEquals(PacketRing.NONE, stream.ring().find(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 32_766, 65_530, 65_533, 65_534, 65_535})
    void asksForAGapAtOnceAndAgainAfterARoundTrip(int start) {
        packet(stream, 0, start, 0, true);
        packet(stream, 0, start + 3, 0, false);
        assertEquals(0, stream.nextTimeout());
        var gap = List.of(start + 1 & 0xffff, start + 2 & 0xffff);
        assertEquals(gap, nacked(feedback(stream, 0)));
        assertEquals(100 * MS, stream.nextTimeout());
        assertEquals(List.of(), nacked(feedback(stream, 99 * MS)));
        packet(stream, 99 * MS, start + 1, 0, false);
        assertEquals(List.of(start + 2 & 0xffff), nacked(feedback(stream, 100 * MS)));
        packet(stream, 101 * MS, start + 2, 0, false);
        assertEquals(Long.MAX_VALUE, stream.nextTimeout());
        assertEquals(2, stream.stats(0).nackCount());
        assertEquals(3, stream.stats(0).nackedPackets());
    }

    @Test
    void givesUpAfterTenTriesAndAsksForAKeyFrame() {
        packet(stream, 0, 1, 0, true);
        packet(stream, 0, 3, 0, false);
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of(2), nacked(feedback(stream, i * 100 * MS)));
        }
        assertTrue(has(feedback(stream, 1000 * MS), RtcpKind.PLI));
        assertEquals(1, stream.stats(0).pliCount());
        assertEquals(10, stream.stats(0).nackCount());
        packet(stream, 1100 * MS, 4, 3000, true);
        assertEquals(Long.MAX_VALUE, stream.nextTimeout());
    }

    @Test
    void asksForAKeyFrameInsteadOfAThousandPackets() {
        packet(stream, 0, 1, 0, true);
        packet(stream, 0, 1500, 0, false);
        var sent = feedback(stream, 0);
        assertTrue(sent.next());
        assertEquals(RtcpKind.PLI, sent.kind());
        assertFalse(sent.next());
    }

    @Test
    void forgetsGapsBeforeAKeyFrame() {
        packet(stream, 0, 1, 0, true);
        packet(stream, 0, 5, 0, false);
        packet(stream, 0, 8, 3000, true);
        assertEquals(List.of(), nacked(feedback(stream, 0)));
        packet(stream, 0, 10, 3000, false);
        assertEquals(List.of(9), nacked(feedback(stream, 0)));
        assertEquals(2, stream.stats(0).keyFrames());
    }

    @Test
    void restoresRetransmittedPackets() {
        packet(stream, 0, 65_534, 100, true);
        packet(stream, 0, 1, 200, false);
        feedback(stream, 0);
        assertEquals(2, rtx(stream, 40 * MS, 7, 65_535, 150, false));
        assertTrue(read.load(stream.ring(), 2));
        assertEquals(65_535, read.sequence());
        assertEquals(150, read.timestamp());
        assertEquals(100, read.payloadLength());
        assertEquals(0x10, Bytes.u8(stream.ring().memory(), read.payloadOffset()));
        assertEquals(65_535, Bytes.u32(stream.ring().memory(), read.payloadOffset() + 2));
        assertEquals(drop(Drop.DUPLICATE), rtx(stream, 41 * MS, 8, 65_535, 150, false));
        assertEquals(40 * MS, stream.stats(0).roundTripNanos());
        assertEquals(1, stream.stats(0).packetsRepaired());
        assertEquals(1, stream.stats(0).packetsDiscarded());
        assertEquals(2, stream.stats(0).packetsLost());
        feedback(stream, 100 * MS);
        assertEquals(150 * MS, stream.nextTimeout(), "the other one, after the round trip and a quarter");
    }

    @Test
    void dropsProbesOfPaddingAlone() {
        packet(stream, 0, 1, 0, true);
        long at = stream.ring().claim();
        var memory = stream.ring().memory();
        Bytes.put32(memory, at, 0xa0000005L | Media.RTX_PT << 16);
        Bytes.put32(memory, at + 4, 0);
        Bytes.put32(memory, at + 8, Media.RTX_SSRC);
        memory.asSlice(at + 12, 255).fill((byte) 255);
        assertEquals(drop(Drop.PADDING_ONLY), stream.receive(0, 267));
        assertEquals(0, stream.ring().published());
        assertTrue(packet(stream, 0, 2, 0, false, 0) > 0, "on the media's SSRC it takes a number");
    }

    @Test
    void dropsAndCountsWhatIsNotItsOwn() {
        packet(stream, 0, 1, 0, true);
        assertEquals(drop(Drop.DUPLICATE), packet(stream, 0, 1, 0, true));
        long at = stream.ring().claim();
        Bytes.put32(stream.ring().memory(), at, 0x80000002L);
        Bytes.put32(stream.ring().memory(), at + 8, Media.SSRC);
        assertEquals(drop(Drop.UNKNOWN_PAYLOAD_TYPE), stream.receive(0, 20));
        Bytes.put32(stream.ring().memory(), at + 8, 99);
        assertEquals(drop(Drop.UNDECLARED_STREAM), stream.receive(0, 20));
        for (int length = 0; length < 12; length++) {
            assertEquals(drop(Drop.RTP_MALFORMED), stream.receive(0, length));
        }
        for (int i = 2; i < 1100; i++) {
            packet(stream, 0, i, 0, false);
        }
        assertEquals(drop(Drop.TOO_OLD), packet(stream, 0, 1, 0, true));
        assertEquals(1098, stream.ring().published());
    }

    @Test
    void believesAJumpWhenTheNextPacketConfirmsIt() {
        packet(stream, 0, 10, 0, true);
        assertEquals(drop(Drop.SEQUENCE_JUMP), packet(stream, 0, 30_000, 0, false));
        assertTrue(packet(stream, 0, 11, 0, false) >= 0, "a lone stray number changes nothing");
        assertEquals(drop(Drop.SEQUENCE_JUMP), packet(stream, 0, 40_000, 0, false));
        long position = packet(stream, 0, 40_001, 0, false);
        assertTrue(read.load(stream.ring(), position));
        assertEquals(40_001, read.sequence());
        assertTrue(has(feedback(stream, 0), RtcpKind.PLI));
        assertEquals(0, stream.stats(0).packetsLost());
    }

    @Test
    void reportsLossAsRfc3550Does() {
        packet(stream, 0, 65_530, 0, true);
        for (int i = 1; i <= 100; i++) {
            if (i % 4 != 0 || i == 100) {
                packet(stream, i * MS, 65_530 + i, 0, false);
            }
        }
        stream.onSenderReport(0, 0x0001_aaaa_bbbb_0002L, 0);
        var block = report(1000 * MS);
        assertEquals(Media.SSRC, ReportBlock.ssrc(block, 0));
        assertEquals(24, ReportBlock.cumulativeLost(block, 0));
        assertEquals((24 << 8) / 101, ReportBlock.fractionLost(block, 0));
        assertEquals(65_630, ReportBlock.extendedHighest(block, 0));
        assertEquals(0xaaaabbbbL, ReportBlock.lastSenderReport(block, 0));
        assertEquals(65_536, ReportBlock.delaySinceLastSenderReport(block, 0));
        packet(stream, 0, 65_631, 0, false);
        assertEquals(0, ReportBlock.fractionLost(report(0), 0));
        assertEquals(24, ReportBlock.cumulativeLost(report(0), 0));
    }

    @Test
    void measuresJitter() {
        // Frames of 30 ms whose transit alternates by 10 ms = 900 units: the estimate converges to that.
        for (int i = 0; i < 500; i++) {
            packet(stream, i * 30 * MS + i % 2 * 10 * MS, i, 0xffff_f000L + i * 2700L, i == 0);
        }
        long jitter = stream.stats(0).jitter();
        assertTrue(jitter > 880 && jitter <= 900, "jitter " + jitter);
    }

    @Test
    void reportsNothingBeforeTheFirstPacket() {
        var writer = new RtcpWriter();
        writer.wrap(MemorySegment.ofArray(new byte[100]), 0, 100);
        writer.receiverReport(1);
        assertFalse(stream.appendReportBlock(0, writer));
    }

    @Test
    void mapsTimestampsOfAllStreamsOfAPartyAlike() {
        var remote = new RemoteClock();
        var one = new RecvStream(Media.video(), 1, remote, new dev.parley.sfu.engine.DropCounters());
        var two = new RecvStream(Media.audio(), 1, remote, new dev.parley.sfu.engine.DropCounters());
        one.onSenderReport(50 * MS, Ntp.ofUnixNanos(0), 1000);
        // The second report was made 20 ms later, but took 60 ms longer.
        two.onSenderReport(130 * MS, Ntp.ofUnixNanos(20 * MS), 2000);
        long first = one.clock().latest().nanos();
        long second = two.clock().latest().nanos();
        assertTrue(Math.abs(second - first - 20 * MS) <= 2, "difference " + (second - first));
    }

    @Test
    void measuresBitrate() {
        for (int i = 0; i < 300; i++) {
            packet(stream, i * 10 * MS, i, 0, false);
        }
        long size = stream.stats(0).bytes() / 300;
        assertEquals(100 * size * 8, stream.stats(2990 * MS).bitrate(), size * 8 * 10.0);
        assertEquals(0, stream.stats(5000 * MS).bitrate());
    }

    private RtcpReader report(long now) {
        var memory = MemorySegment.ofArray(new byte[100]);
        var writer = new RtcpWriter();
        writer.wrap(memory, 0, 100);
        writer.receiverReport(1);
        assertTrue(stream.appendReportBlock(now, writer));
        var reader = new RtcpReader();
        reader.wrap(memory, 0, writer.length());
        assertTrue(reader.next());
        return reader;
    }
}
