package dev.parley.sfu.engine.forward;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.stream.Media;
import dev.parley.sfu.engine.stream.RecvStream;
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
import java.util.Set;

/**
 * One direction of media between two parties, with its feedback: forwarder → link → receiver, and RTCP both ways.
 */
final class Hop {
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

    /** @param badUntil until when both networks are bad, from 100 ms on */
    Hop(Forwarder from, RecvStream to, long seed, double loss, long badUntil) {
        this.from = from;
        this.to = to;
        media = new Link(seed, loss, 20 * MS, 40 * MS, 100 * MS, badUntil);
        back = new Link(seed + 1, loss, 20 * MS, 40 * MS, 100 * MS, badUntil);
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
