package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) on libcrypto, with the results of {@link JdkGcm}. Reads and writes the
 * caller's native memory directly; nothing is allocated per packet.
 */
final class NativeGcm implements PacketCipher {
    private static final int TAG = 16;
    private static final int RTCP_CLEAR = 8;
    private static final int E_BIT = 0x8000_0000;

    private final NativeState state;
    private final long written;
    private final int rtpSaltHead;
    private final long rtpSaltTail;
    private final int rtcpSaltHead;
    private final long rtcpSaltTail;

    NativeGcm(SessionKeys rtp, SessionKeys rtcp, boolean sealing) {
        state = new NativeState(Libcrypto.gcm(rtp.key(), sealing), Libcrypto.gcm(rtcp.key(), sealing));
        written = state.written();
        var rtpSalt = ByteBuffer.wrap(rtp.salt());
        rtpSaltHead = rtpSalt.getInt();
        rtpSaltTail = rtpSalt.getLong();
        var rtcpSalt = ByteBuffer.wrap(rtcp.salt());
        rtcpSaltHead = rtcpSalt.getInt();
        rtcpSaltTail = rtcpSalt.getLong();
    }

    @Override
    public int tagLength() {
        return TAG;
    }

    @Override
    public void sealRtp(
            MemorySegment out, long outOff, int headerLength, int prefixLength, MemorySegment payload, long payloadOff,
            int payloadLength, int ssrc, long index) {
        int bodyLength = prefixLength + payloadLength;
        long header = Libcrypto.address(out, outOff, headerLength + bodyLength + (long) TAG);
        long in = Libcrypto.address(payload, payloadOff, payloadLength);
        long body = header + headerLength;
        long context = startRtp(ssrc, index);
        int ok = Libcrypto.update(context, 0, written, header, headerLength);
        if (prefixLength > 0) {
            ok &= Libcrypto.update(context, body, written, body, prefixLength);
        }
        ok &= Libcrypto.update(context, body + prefixLength, written, in, payloadLength);
        Libcrypto.check(ok & finishSealing(context, body + bodyLength));
    }

    @Override
    public boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff) {
        int bodyLength = length - headerLength - TAG;
        long header = Libcrypto.address(in, inOff, length);
        long plain = Libcrypto.address(out, outOff, headerLength + (long) bodyLength) + headerLength;
        long body = header + headerLength;
        long context = startRtp(ssrc, index);
        int ok = Libcrypto.expectTag(context, body + bodyLength, TAG);
        ok &= Libcrypto.update(context, 0, written, header, headerLength);
        ok &= Libcrypto.update(context, plain, written, body, bodyLength);
        Libcrypto.check(ok);
        if (Libcrypto.end(context, plain + bodyLength, written) != 1) {
            return false;
        }
        MemorySegment.copy(in, inOff, out, outOff, headerLength);
        return true;
    }

    @Override
    public void sealRtcp(MemorySegment out, long outOff, int length, int ssrc, int index) {
        long header = Libcrypto.address(out, outOff, length + TAG + 4L);
        long body = header + RTCP_CLEAR;
        int bodyLength = length - RTCP_CLEAR;
        long word = state.word(E_BIT | index);
        long context = startRtcp(ssrc, index);
        int ok = Libcrypto.update(context, 0, written, header, RTCP_CLEAR);
        ok &= Libcrypto.update(context, 0, written, word, 4);
        ok &= Libcrypto.update(context, body, written, body, bodyLength);
        Libcrypto.check(ok & finishSealing(context, body + bodyLength));
        Bytes.put32(out, outOff + length + TAG, E_BIT | index);
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return length - 4;
    }

    /** Unencrypted SRTCP (RFC 7714 9.3): everything is associated data and the cipher text is the tag alone. */
    @Override
    public boolean openRtcp(
            MemorySegment in, long inOff, int length, int ssrc, boolean encrypted, int index, MemorySegment out,
            long outOff) {
        int plainLength = length - TAG - 4;
        int clear = encrypted ? RTCP_CLEAR : plainLength;
        long header = Libcrypto.address(in, inOff, length);
        long plain = Libcrypto.address(out, outOff, plainLength) + clear;
        long word = state.word(encrypted ? E_BIT | index : index);
        long context = startRtcp(ssrc, index);
        int ok = Libcrypto.expectTag(context, header + plainLength, TAG);
        ok &= Libcrypto.update(context, 0, written, header, clear);
        ok &= Libcrypto.update(context, 0, written, word, 4);
        if (plainLength > clear) {
            ok &= Libcrypto.update(context, plain, written, header + clear, plainLength - clear);
        }
        Libcrypto.check(ok);
        if (Libcrypto.end(context, plain, written) != 1) {
            return false;
        }
        MemorySegment.copy(in, inOff, out, outOff, clear);
        return true;
    }

    @Override
    public void close() {
        state.close();
    }

    private long startRtp(int ssrc, long index) {
        state.iv(PacketIv.gcmHead(rtpSaltHead, ssrc), PacketIv.gcmTail(rtpSaltTail, ssrc, index));
        return state.startRtp();
    }

    private long startRtcp(int ssrc, int index) {
        state.iv(PacketIv.gcmHead(rtcpSaltHead, ssrc), PacketIv.gcmTail(rtcpSaltTail, ssrc, index));
        return state.startRtcp();
    }

    private int finishSealing(long context, long tag) {
        return Libcrypto.end(context, tag, written) & Libcrypto.readTag(context, tag, TAG);
    }
}
