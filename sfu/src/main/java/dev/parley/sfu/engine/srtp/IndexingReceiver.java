package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The part of receiving that is the same for every cipher: header, index, replay. State is made and changed only after
 * the cipher found the tag right, so that nobody without the keys can make it grow or move.
 */
final class IndexingReceiver implements SrtpReceiver {
    /** More than any browser sends. The least recently used SSRC goes first; it then starts over with ROC 0. */
    static final int MAX_SSRCS = 256;

    private static final int RTCP_MIN = 8;

    private final PacketCipher cipher;
    private final SsrcTable rtp = new SsrcTable(MAX_SSRCS, true);
    private final SsrcTable rtcp = new SsrcTable(MAX_SSRCS, true);

    IndexingReceiver(PacketCipher cipher) {
        this.cipher = cipher;
    }

    int ssrcs() {
        return rtp.size() + rtcp.size();
    }

    @Override
    public int openRtp(MemorySegment in, long inOff, int len, MemorySegment out, long outOff) {
        int plainLength = len - cipher.tagLength();
        int headerLength = RtpHeader.length(in, inOff, plainLength);
        if (headerLength < 0) {
            return Srtp.refuse(Drop.RTP_MALFORMED);
        }
        if (len > Srtp.MAX_PACKET) {
            return Srtp.refuse(Drop.TOO_LARGE);
        }
        int ssrc = RtpHeader.ssrc(in, inOff);
        int sequence = RtpHeader.sequence(in, inOff);
        var window = rtp.find(ssrc);
        long index = window == null ? sequence : PacketIndex.estimate(window.highest(), sequence);
        if (index < 0 || index >= PacketIndex.LIMIT || (window != null && !window.accepts(index))) {
            return Srtp.refuse(Drop.SRTP_REPLAY);
        }
        if (!cipher.openRtp(in, inOff, headerLength, len, ssrc, index, out, outOff)) {
            return Srtp.refuse(Drop.SRTP_AUTHENTICATION);
        }
        return accept(rtp, window, ssrc, index, plainLength);
    }

    @Override
    public int openRtcp(MemorySegment in, long inOff, int len, MemorySegment out, long outOff) {
        int plainLength = len - cipher.tagLength() - 4;
        if (plainLength < RTCP_MIN || Bytes.u8(in, inOff) >>> 6 != 2) {
            return Srtp.refuse(Drop.RTCP_MALFORMED);
        }
        if (len > Srtp.MAX_PACKET) {
            return Srtp.refuse(Drop.TOO_LARGE);
        }
        int ssrc = (int) Bytes.u32(in, inOff + 4);
        int word = (int) Bytes.u32(in, inOff + cipher.rtcpIndexOffset(len));
        int index = word & 0x7fff_ffff;
        var window = rtcp.find(ssrc);
        if (window != null && !window.accepts(index)) {
            return Srtp.refuse(Drop.SRTP_REPLAY);
        }
        if (!cipher.openRtcp(in, inOff, len, ssrc, word < 0, index, out, outOff)) {
            return Srtp.refuse(Drop.SRTP_AUTHENTICATION);
        }
        return accept(rtcp, window, ssrc, index, plainLength);
    }

    @Override
    public void close() {
        cipher.close();
    }

    private static int accept(
            SsrcTable table, @Nullable ReplayWindow known, int ssrc, long index, int length) {
        var window = known == null ? table.add(ssrc) : known;
        if (window != null) {
            window.mark(index);
        }
        return length;
    }
}
