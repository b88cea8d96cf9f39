package dev.parley.sfu.testing;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpPacket;
import dev.parley.sfu.wire.rtp.RtpWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * RTP of a peer: its outgoing and incoming streams, from the moment that there are keys. RTCP is {@link PeerControl}'s.
 */
final class PeerMedia implements OutgoingStream.Out {
    private final SrtpSender sender;
    private final SrtpReceiver receiver;
    private final Consumer<byte[]> wire;
    private final List<OutgoingStream> outgoing;
    private final List<IncomingStream> incoming;
    private final TwccView view = new TwccView();
    private final TwccLog log = new TwccLog();
    private final DropCounters drops = new DropCounters();
    private final List<Long> unknownSsrcs = new ArrayList<>();
    private final byte[] buffer = new byte[2048];
    private final MemorySegment scratch = MemorySegment.ofArray(buffer);
    private final RtpWriter writer = new RtpWriter();
    private final RtpPacket packet = new RtpPacket();
    private long now;

    PeerMedia(SrtpKeys keys, List<OutgoingStream> outgoing, List<IncomingStream> incoming, Consumer<byte[]> wire) {
        sender = Srtp.sender(keys);
        receiver = Srtp.receiver(keys);
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.wire = wire;
    }

    List<OutgoingStream> outgoing() {
        return outgoing;
    }

    List<IncomingStream> incoming() {
        return incoming;
    }

    TwccView view() {
        return view;
    }

    TwccLog log() {
        return log;
    }

    DropCounters drops() {
        return drops;
    }

    List<Long> unknownSsrcs() {
        return unknownSsrcs;
    }

    long nextTimeout() {
        return outgoing.stream().mapToLong(OutgoingStream::nextTimeout).min().orElse(Long.MAX_VALUE);
    }

    void timeout(long at) {
        now = at;
        for (var stream : outgoing) {
            stream.timeout(at, this);
        }
    }

    @Override
    public void rtp(
            StreamSpec spec, boolean rtx, int sequence, long timestamp, boolean marker, int original, byte[] payload) {
        int type = rtx ? spec.rtxPayloadType() : spec.payloadType();
        writer.begin(scratch, 0, type, marker, sequence, timestamp, rtx ? spec.rtxSsrc() : spec.ssrc());
        writeExtensions(spec);
        int headerLength = writer.finish();
        int prefix = 0;
        if (rtx) {
            Bytes.put16(scratch, headerLength, original);
            prefix = 2;
        }
        int length = sender.sealRtp(
                scratch, 0, headerLength, prefix, MemorySegment.ofArray(payload), 0, payload.length);
        if (length < 0) {
            throw new AssertionError("Sealing refused: " + Srtp.drop(length));
        }
        wire.accept(Arrays.copyOf(buffer, length));
    }

    private void writeExtensions(StreamSpec spec) {
        var ids = spec.extensions();
        int mid = ids.id(RtpExtension.MID);
        int sendTime = ids.id(RtpExtension.ABS_SEND_TIME);
        int transportCc = ids.id(RtpExtension.TRANSPORT_CC);
        int level = spec.video() ? 0 : ids.id(RtpExtension.AUDIO_LEVEL);
        boolean hasMid = mid != 0 && spec.mid().isPresent();
        if (!hasMid && sendTime == 0 && transportCc == 0 && level == 0) {
            return;
        }
        writer.beginExtensions(false);
        if (hasMid) {
            var text = spec.mid().orElseThrow().getBytes(StandardCharsets.US_ASCII);
            writer.extension(mid, MemorySegment.ofArray(text), 0, text.length);
        }
        if (sendTime != 0) {
            writer.extension24(sendTime, (int) ((now << 18) / 1_000_000_000L) & 0xff_ffff);
        }
        if (transportCc != 0) {
            writer.extension16(transportCc, view.number(now));
        }
        if (level != 0) {
            int value = outgoing.stream()
                    .filter(stream -> stream.spec().ssrc() == spec.ssrc())
                    .findFirst()
                    .orElseThrow()
                    .level();
            writer.extension8(level, 0x80 | value);
        }
    }

    void receiveRtp(long at, byte[] datagram) {
        now = at;
        int length = receiver.openRtp(MemorySegment.ofArray(datagram), 0, datagram.length, scratch, 0);
        if (length < 0) {
            drops.count(Srtp.drop(length));
        } else if (!packet.wrap(scratch, 0, length)) {
            drops.count(Drop.RTP_MALFORMED);
        } else {
            deliver(at);
        }
    }

    private void deliver(long at) {
        for (var stream : incoming) {
            var spec = stream.spec();
            boolean rtx = spec.hasRtx() && packet.ssrc() == spec.rtxSsrc();
            if (packet.ssrc() == spec.ssrc() || rtx) {
                noteArrival(at, spec);
                if (packet.payloadType() != (rtx ? spec.rtxPayloadType() : spec.payloadType())) {
                    drops.count(Drop.UNDECLARED_STREAM);
                } else if (packet.payloadLength() > (rtx ? 2 : 0)) {
                    hand(at, stream, rtx);
                }
                return;
            }
        }
        drops.count(Drop.UNDECLARED_STREAM);
        if (unknownSsrcs.size() < 100) {
            unknownSsrcs.add(packet.ssrc());
        }
    }

    private void noteArrival(long at, StreamSpec spec) {
        int offset = packet.extensionOffset(spec.extensions().id(RtpExtension.TRANSPORT_CC));
        if (offset >= 0) {
            log.arrived(at, Bytes.u16(scratch, offset));
        }
    }

    private void hand(long at, IncomingStream stream, boolean rtx) {
        int start = packet.headerLength();
        int sequence = packet.sequenceNumber();
        int length = packet.payloadLength();
        if (rtx) {
            sequence = Bytes.u16(scratch, start);
            start += 2;
            length -= 2;
        }
        int level = packet.extensionOffset(stream.spec().extensions().id(RtpExtension.AUDIO_LEVEL));
        stream.packet(
                at,
                rtx,
                sequence,
                packet.timestamp(),
                level < 0 ? -1 : Bytes.u8(scratch, level) & 0x7f,
                scratch.asSlice(start, length).toArray(JAVA_BYTE));
    }

    /** Opens an RTCP datagram. @return the plain compound, empty if refused */
    byte[] openRtcp(byte[] datagram) {
        int length = receiver.openRtcp(MemorySegment.ofArray(datagram), 0, datagram.length, scratch, 0);
        if (length < 0) {
            drops.count(Srtp.drop(length));
            return new byte[0];
        }
        return Arrays.copyOf(buffer, length);
    }

    /** Seals and sends a compound. */
    void sendRtcp(MemorySegment compound, int length) {
        MemorySegment.copy(compound, 0, scratch, 0, length);
        int sealed = sender.sealRtcp(scratch, 0, length);
        if (sealed < 0) {
            throw new AssertionError("Sealing refused: " + Srtp.drop(sealed));
        }
        wire.accept(Arrays.copyOf(buffer, sealed));
    }
}
