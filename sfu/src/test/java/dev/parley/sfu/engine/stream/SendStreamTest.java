package dev.parley.sfu.engine.stream;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.SenderReport;
import dev.parley.sfu.wire.rtcp.SourceDescription;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SendStreamTest {
    private final RtpSource source = new RtpSource(PacketRing.VIDEO_CAPACITY, 0);
    private final MediaClock clock = new MediaClock();
    private final SendStream stream = new SendStream(Media.sendVideo(true, 0), source.ring(), clock);
    private final RingPacket packet = new RingPacket();
    private final MemorySegment payload = MemorySegment.ofArray(new byte[1200]);

    private void send(long now, long sequence, long timestamp, int size) {
        long position = source.add(now, timestamp, false, false, -1, payload, 0, size);
        assertTrue(packet.load(source.ring(), position));
        stream.sent(now, packet, sequence, timestamp + 500, 0, 0, packet.packetLength());
    }

    private int resends(long now) {
        int count = 0;
        while (stream.nextResend(packet) >= 0) {
            stream.sentAgain(now, packet, packet.packetLength());
            count++;
        }
        return count;
    }

    private RtcpReader report(long now, long ntp) {
        var memory = MemorySegment.ofArray(new byte[200]);
        var writer = new RtcpWriter();
        writer.wrap(memory, 0, 200);
        assertTrue(stream.appendReport(now, ntp, writer));
        var reader = new RtcpReader();
        reader.wrap(memory, 0, writer.length());
        assertTrue(reader.next());
        return reader;
    }

    @Test
    void sendsAPacketAgainTenTimesAtMostAndNotWithinARoundTrip() {
        send(0, 65_535, 0, 100);
        send(0, 65_536, 0, 100);
        stream.onNack(0, 65_535, 1);
        assertEquals(2, resends(0));
        stream.onNack(49 * MS, 65_535, 1);
        assertEquals(0, resends(49 * MS), "the answer is still on its way");
        for (int i = 1; i < 17; i++) {
            stream.onNack(i * 60 * MS, 65_535, 0);
            assertEquals(i <= 9 ? 1 : 0, resends(i * 60 * MS));
        }
        assertEquals(11, stream.stats(0).retransmittedPackets());
        assertEquals(7, stream.stats(0).retransmissionsRefused());
    }

    @Test
    void keepsRetransmissionsBelowAQuarterOfTheMedia() {
        long resent = 0;
        for (int i = 0; i < 20_000; i++) {
            send(i * MS, i, 0, 1000);
            stream.onNack(i * MS, i - 15, 0xffff);
            stream.onNack(i * MS, i, 0);
            resent += resends(i * MS);
        }
        var stats = stream.stats(0);
        assertEquals(resent, stats.retransmittedPackets());
        assertTrue(stats.retransmittedBytes() <= stats.bytes() / 4 + RetransmissionBudget.INITIAL_TOKENS);
        assertTrue(stats.retransmittedBytes() >= stats.bytes() / 5, "but the allowance is used");
    }

    @Test
    void answersNothingThatIsGoneOrWasNeverSent() {
        stream.onNack(0, 5, 0xffff);
        assertEquals(0, resends(0));
        for (int i = 0; i < 3000; i++) {
            send(0, i, 0, 10);
        }
        stream.onNack(0, 5, 0);
        stream.onNack(0, 4000, 0);
        assertEquals(0, resends(0));
        stream.onNack(0, 2999, 0);
        assertEquals(1, resends(0));
    }

    @Test
    void reportsNothingBeforeTheFirstPacket() {
        var writer = new RtcpWriter();
        writer.wrap(MemorySegment.ofArray(new byte[200]), 0, 200);
        assertFalse(stream.appendReport(0, 0, writer));
        assertEquals(0, writer.length());
    }

    @Test
    void mapsTimeByTheArrivalOfTheNewestPacket() {
        send(1000 * MS, 0, 0xffff_ffffL, 100);
        var report = report(1500 * MS, 42);
        assertEquals(42, SenderReport.ntp(report));
        assertEquals(45_000 + 500 - 1, SenderReport.rtpTimestamp(report));
        assertEquals(1, SenderReport.packets(report));
        assertEquals(100, SenderReport.bytes(report));
        assertTrue(report.next());
        assertEquals(Optional.of("cname"), SourceDescription.cname(report, Media.SSRC));
    }

    @Test
    void mapsTimeByTheSourcesOwnReportOnceThereIsOne() {
        send(1000 * MS, 0, 90_000, 100);
        clock.set(new MediaClock.Instant(900 * MS, 88_000));
        assertEquals(88_000 + 500 + 54_000, SenderReport.rtpTimestamp(report(1500 * MS, 1)));
    }

    @Test
    void measuresTheRoundTrip() {
        send(0, 0, 0, 100);
        long ntp = Ntp.ofUnixNanos(1_700_000_000_000_000_000L);
        report(0, ntp);
        stream.onReportBlock(350 * MS, 64, -2, 9, Ntp.compact(ntp), Ntp.compactDuration(300 * MS));
        assertEquals(50.0, stream.stats(0).roundTripNanos() / (double) MS, 0.1);
        assertEquals(64, stream.stats(0).fractionLost());
        assertEquals(-2, stream.stats(0).packetsLost());
        stream.onReportBlock(400 * MS, 0, 0, 0, 12345, 0);
        assertEquals(50.0, stream.stats(0).roundTripNanos() / (double) MS, 0.1, "an unknown report is not measured by");
        stream.onReportBlock(400 * MS, 0, 0, 0, Ntp.compact(ntp), 0xffff_ffffL);
        assertEquals(1, stream.stats(0).roundTripNanos(), "a delay that cannot be is clamped");
    }
}
