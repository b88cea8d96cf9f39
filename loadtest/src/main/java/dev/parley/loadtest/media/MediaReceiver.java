package dev.parley.loadtest.media;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.engine.stream.TwccReceiver;
import dev.parley.sfu.lane.SsrcMap;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transport receives: tells streams apart, opens packets and hands them on. */
final class MediaReceiver {
    private final MediaLoop loop;
    private final SrtpReceiver srtp;
    private final TwccReceiver feedback = new TwccReceiver(1);
    private final RtpPacket packet = new RtpPacket();
    private final SsrcMap<ReceivingStream> bySsrc = new SsrcMap<>(0);
    private final List<ReceivingStream> streams = new ArrayList<>();

    MediaReceiver(MediaLoop loop, SrtpReceiver srtp) {
        this.loop = loop;
        this.srtp = srtp;
    }

    void add(ReceivingStream receiving) {
        streams.add(receiving);
        bySsrc.put(receiving.stream().ssrc(), receiving);
        if (receiving.stream().hasRtx()) {
            bySsrc.put(receiving.stream().rtxSsrc(), receiving);
        }
    }

    void remove(ReceivingStream receiving) {
        if (streams.remove(receiving)) {
            bySsrc.remove(receiving.stream().ssrc());
            bySsrc.remove(receiving.stream().rtxSsrc());
        }
    }

    List<ReceivingStream> streams() {
        return streams;
    }

    TwccReceiver feedback() {
        return feedback;
    }

    /** Whose packet a datagram is; null when nobody announced it. */
    private @Nullable ReceivingStream streamOf(MemorySegment in, long at, int length) {
        return length < RtpPacket.FIXED_HEADER ? null : bySsrc.get(Bytes.u32(in, at + 8));
    }

    /** The imitation took a datagram away. */
    void lost(MemorySegment in, long at, int length) {
        var receiving = streamOf(in, at, length);
        if (receiving != null && Bytes.u32(in, at + 8) == receiving.stream().ssrc()) {
            receiving.lostByImitation();
        }
    }

    /** Takes an RTP datagram. @return the stream it belongs to, null when it was dropped */
    @Nullable ReceivingStream receive(long turn, MemorySegment in, long at, int length) {
        long now = Math.min(turn, loop.arrivedAt());
        var receiving = streamOf(in, at, length);
        if (receiving == null || !packet.wrapHeader(in, at, length)) {
            loop.traffic().unannounced++;
            return null;
        }
        noteArrival(now, receiving, in, at);
        boolean rtx = packet.ssrc() != receiving.stream().ssrc();
        if (!rtx && !receiving.checked()) {
            receiving.packet(now, packet, false, packet.sequenceNumber(), loop.payload(), in, at, -1);
            return receiving;
        }
        int opened = srtp.openRtp(in, at, length, loop.scratch(), 0);
        if (opened < 0 && Srtp.drop(opened) == Drop.SRTP_REPLAY) {
            receiving.repeated();
            return null;
        }
        if (opened < 0 || !packet.wrap(loop.scratch(), 0, opened)) {
            receiving.notAuthentic();
            loop.traffic().notAuthentic++;
            return null;
        }
        take(now, receiving, rtx);
        return receiving;
    }

    private void take(long now, ReceivingStream receiving, boolean rtx) {
        var scratch = loop.scratch();
        int start = packet.headerLength();
        int length = packet.payloadLength();
        int sequence = packet.sequenceNumber();
        if (rtx) {
            if (length < 2) {
                return;
            }
            sequence = Bytes.u16(scratch, start);
            start += 2;
            length -= 2;
        }
        if (!receiving.checked()) {
            length = -1;
        }
        if (receiving.packet(now, packet, rtx, sequence, loop.payload(), scratch, start, length)) {
            loop.delayed(loop.arrivedAt() - loop.payload().time);
        }
    }

    private void noteArrival(long now, ReceivingStream receiving, MemorySegment in, long at) {
        int offset = packet.extensionOffset(receiving.stream().extensions().id(RtpExtension.TRANSPORT_CC));
        if (offset >= 0) {
            feedback.arrived(now, Bytes.u16(in, at + offset), packet.ssrc());
        }
    }

    /** Opens an RTCP datagram into the loop's scratch memory. @return its plain length, negative when refused */
    int openControl(MemorySegment in, long at, int length) {
        return srtp.openRtcp(in, at, length, loop.scratch(), 0);
    }

    void close() {
        srtp.close();
    }
}
