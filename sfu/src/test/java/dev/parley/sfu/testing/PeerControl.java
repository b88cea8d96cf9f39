package dev.parley.sfu.testing;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.rtcp.Fir;
import dev.parley.sfu.wire.rtcp.ReportBlock;
import dev.parley.sfu.wire.rtcp.RtcpKind;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.SenderReport;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * RTCP of a peer: reports each second, NACKs each 20 ms, transport-cc feedback each 100 ms, and what the other side
 * says.
 */
final class PeerControl {
    private static final long TICK = 20_000_000;
    private static final long EPOCH_NANOS = 1_700_000_000_000_000_000L;
    private static final int CAPACITY = 1_200;

    private final PeerMedia media;
    private final Map<RtcpKind, Integer> seen = new EnumMap<>(RtcpKind.class);
    private final List<Goodbye> goodbyes = new ArrayList<>();
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[CAPACITY]);
    private final RtcpWriter writer = new RtcpWriter();
    private final RtcpReader reader = new RtcpReader();
    private long next;
    private long ticks;
    private long fractionLost;
    private long roundTrip = -1;

    /**
     * A goodbye of one stream.
     *
     * @param with what stood before it in its compound, in order
     */
    record Goodbye(long ssrc, List<RtcpKind> with) {}

    PeerControl(PeerMedia media, long now) {
        this.media = media;
        next = now + TICK;
    }

    long nextTimeout() {
        return next;
    }

    void timeout(long now) {
        if (now < next) {
            return;
        }
        next = now + TICK;
        ticks++;
        begin();
        writer.receiverReport(ssrc());
        int empty = writer.length();
        for (var stream : media.incoming()) {
            var numbers = stream.toNack(now);
            writer.nack(ssrc(), stream.spec().ssrc(), numbers, numbers.length);
            if (stream.keyFrameWanted(now)) {
                writer.pli(ssrc(), stream.spec().ssrc());
            }
        }
        if (ticks % 5 == 0) {
            long about = media.incoming().isEmpty() ? 0 : media.incoming().getFirst().spec().ssrc();
            media.log().write(writer, ssrc(), about);
        }
        if (writer.length() > empty) {
            media.sendRtcp(scratch, writer.length());
        }
        if (ticks % 50 == 10) {
            report(now);
        }
    }

    private void report(long now) {
        for (var stream : media.outgoing()) {
            begin();
            long ntp = Ntp.ofUnixNanos(EPOCH_NANOS + now);
            writer.senderReport(
                    stream.spec().ssrc(), ntp, stream.timestamp(), stream.packets(), stream.bytes() & 0xffff_ffffL);
            writer.sourceDescription(stream.spec().ssrc(), "peer");
            media.sendRtcp(scratch, writer.length());
        }
        begin();
        writer.receiverReport(ssrc());
        for (var stream : media.incoming()) {
            long delay = stream.lastSenderReport() == 0 ? 0 : Ntp.compactDuration(now - stream.lastSenderReportAt());
            writer.reportBlock(
                    stream.spec().ssrc(), 0, stream.missing(), stream.highest(), 0, stream.lastSenderReport(), delay);
        }
        media.sendRtcp(scratch, writer.length());
    }

    /** Asks the sender of a stream for a key frame (PLI). */
    void requestKeyFrame(long mediaSsrc) {
        begin();
        writer.receiverReport(ssrc());
        writer.pli(ssrc(), mediaSsrc);
        media.sendRtcp(scratch, writer.length());
    }

    /** Says goodbye to a stream, without ending it. */
    void sayGoodbye(long mediaSsrc) {
        begin();
        writer.receiverReport(mediaSsrc);
        writer.bye(mediaSsrc);
        media.sendRtcp(scratch, writer.length());
    }

    /** Claims to have lost the last 340 packets of a stream. */
    void nackEverything(IncomingStream stream) {
        begin();
        writer.receiverReport(ssrc());
        var numbers = new long[340];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = stream.highest() - numbers.length + 1 + i;
        }
        writer.nack(ssrc(), stream.spec().ssrc(), numbers, numbers.length);
        media.sendRtcp(scratch, writer.length());
    }

    private void begin() {
        writer.wrap(scratch, 0, CAPACITY);
    }

    /** In whose name this side reports. */
    private long ssrc() {
        return media.outgoing().isEmpty() ? 1 : media.outgoing().getFirst().spec().ssrc();
    }

    void receive(long now, byte[] datagram) {
        var plain = media.openRtcp(datagram);
        if (plain.length == 0) {
            return;
        }
        reader.wrap(MemorySegment.ofArray(plain), 0, plain.length);
        var compound = new ArrayList<RtcpKind>();
        while (reader.next()) {
            seen.merge(reader.kind(), 1, Integer::sum);
            if (reader.kind() == RtcpKind.BYE) {
                goodbyes.add(new Goodbye(reader.byeSsrc(0), List.copyOf(compound)));
            }
            compound.add(reader.kind());
            handle(now);
        }
        if (reader.isMalformed()) {
            media.drops().count(Drop.RTCP_MALFORMED);
        }
    }

    private void handle(long now) {
        switch (reader.kind()) {
            case SENDER_REPORT -> {
                for (var stream : media.incoming()) {
                    if (stream.spec().ssrc() == reader.senderSsrc()) {
                        stream.senderReport(now, SenderReport.ntp(reader), SenderReport.rtpTimestamp(reader));
                    }
                }
                readBlocks(now);
            }
            case RECEIVER_REPORT -> readBlocks(now);
            case NACK -> {
                for (var stream : media.outgoing()) {
                    if (stream.spec().ssrc() == reader.mediaSsrc()) {
                        stream.nacked(reader, media);
                    }
                }
            }
            case PLI -> keyFrame(now, reader.mediaSsrc());
            case FIR -> {
                for (int i = 0; i < Fir.entries(reader); i++) {
                    keyFrame(now, Fir.ssrc(reader, i));
                }
            }
            case TRANSPORT_CC -> media.view().feedback(reader);
            case SOURCE_DESCRIPTION, BYE, REMB, OTHER -> {}
        }
    }

    private void keyFrame(long now, long ssrc) {
        for (var stream : media.outgoing()) {
            if (stream.spec().ssrc() == ssrc) {
                stream.keyFrameRequested(now);
            }
        }
    }

    private void readBlocks(long now) {
        for (int i = 0; i < reader.count(); i++) {
            fractionLost = ReportBlock.fractionLost(reader, i);
            long last = ReportBlock.lastSenderReport(reader, i);
            if (last != 0) {
                long compactNow = Ntp.compact(Ntp.ofUnixNanos(EPOCH_NANOS + now));
                long elapsed = compactNow - last - ReportBlock.delaySinceLastSenderReport(reader, i) & 0xffff_ffffL;
                roundTrip = Ntp.compactToNanos(elapsed);
            }
        }
    }

    /** What the other side said goodbye to. */
    List<Goodbye> goodbyes() {
        return goodbyes;
    }

    /** How many RTCP packets of a kind came. */
    int seen(RtcpKind kind) {
        return seen.getOrDefault(kind, 0);
    }

    /** The round trip by the last report block, in ns, or −1. */
    long roundTrip() {
        return roundTrip;
    }

    long fractionLost() {
        return fractionLost;
    }
}
