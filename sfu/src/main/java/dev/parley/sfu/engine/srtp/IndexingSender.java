package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The part of sending that is the same for every cipher: the roll-over counter of each SSRC, and the guard that no
 * index is used for two packets. With GCM a repeated index would give away the authentication key (RFC 7714 8.4), in
 * counter mode the XOR of two payloads; so the guard holds for all profiles.
 */
final class IndexingSender implements SrtpSender {
    /**
     * About 10 MB if reached. Nothing is forgotten before; a transport with more outgoing SSRCs is refused the next.
     */
    static final int MAX_SSRCS = 65_536;

    private final PacketCipher cipher;
    private final SsrcTable streams = new SsrcTable(MAX_SSRCS, false);

    /** One index for all SSRCs: each still sees its own grow, and uniqueness needs no table (RFC 3711 3.2.1). */
    private int rtcpIndex;

    IndexingSender(PacketCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public int sealRtp(
            MemorySegment out,
            long outOff,
            int headerLength,
            int prefixLength,
            MemorySegment payload,
            long payloadOff,
            int payloadLength) {
        if (misfit(out, outOff, headerLength, prefixLength, payloadLength)) {
            return refuseMisfit(headerLength, prefixLength, payloadLength);
        }
        int ssrc = RtpHeader.ssrc(out, outOff);
        int sequence = RtpHeader.sequence(out, outOff);
        var window = streams.find(ssrc);
        long index = sequence;
        if (window == null) {
            window = streams.add(ssrc);
            if (window == null) {
                return Srtp.refuse(Drop.SRTP_EXHAUSTED);
            }
        } else {
            index = PacketIndex.estimate(window.highest(), sequence);
        }
        if (index >= PacketIndex.LIMIT) {
            return Srtp.refuse(Drop.SRTP_EXHAUSTED);
        }
        if (index < 0 || !window.accepts(index)) {
            return Srtp.refuse(Drop.SRTP_REPLAY);
        }
        window.mark(index);
        cipher.sealRtp(out, outOff, headerLength, prefixLength, payload, payloadOff, payloadLength, ssrc, index);
        return headerLength + prefixLength + payloadLength + cipher.tagLength();
    }

    @Override
    public int sealRtpAgain(
            MemorySegment out,
            long outOff,
            int headerLength,
            int prefixLength,
            MemorySegment payload,
            long payloadOff,
            int payloadLength) {
        if (misfit(out, outOff, headerLength, prefixLength, payloadLength)) {
            return refuseMisfit(headerLength, prefixLength, payloadLength);
        }
        int ssrc = RtpHeader.ssrc(out, outOff);
        var window = streams.find(ssrc);
        long index = window == null ? -1 : PacketIndex.estimate(window.highest(), RtpHeader.sequence(out, outOff));
        if (window == null || index < 0 || !window.saw(index)) {
            return Srtp.refuse(Drop.SRTP_REPLAY);
        }
        cipher.sealRtp(out, outOff, headerLength, prefixLength, payload, payloadOff, payloadLength, ssrc, index);
        return headerLength + prefixLength + payloadLength + cipher.tagLength();
    }

    private boolean misfit(MemorySegment out, long outOff, int headerLength, int prefixLength, int payloadLength) {
        return headerLength + prefixLength + payloadLength + cipher.tagLength() > Srtp.MAX_PACKET
                || RtpHeader.length(out, outOff, headerLength) != headerLength
                || prefixLength < 0
                || payloadLength < 0;
    }

    private int refuseMisfit(int headerLength, int prefixLength, int payloadLength) {
        return Srtp.refuse(
                headerLength + prefixLength + payloadLength + cipher.tagLength() > Srtp.MAX_PACKET
                        ? Drop.TOO_LARGE
                        : Drop.RTP_MALFORMED);
    }

    @Override
    public int sealRtcp(MemorySegment out, long outOff, int length) {
        if (length < 8) {
            return Srtp.refuse(Drop.RTCP_MALFORMED);
        }
        if (length + Srtp.RTCP_OVERHEAD > Srtp.MAX_PACKET) {
            return Srtp.refuse(Drop.TOO_LARGE);
        }
        if (rtcpIndex == Integer.MAX_VALUE) {
            return Srtp.refuse(Drop.SRTP_EXHAUSTED);
        }
        int ssrc = (int) Bytes.u32(out, outOff + 4);
        cipher.sealRtcp(out, outOff, length, ssrc, rtcpIndex++);
        return length + cipher.tagLength() + 4;
    }

    @Override
    public void close() {
        cipher.close();
    }
}
