package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) on libcrypto, with the results of {@link JdkGcm}. Reads and writes the
 * caller's native memory directly; nothing is allocated per packet.
 */
final class NativeGcm implements PacketCipher {
    private static final int TAG = 16;
    private static final int RTCP_CLEAR = 8;
    private static final int E_BIT = 0x8000_0000;
    private static final int IV = 0;
    private static final int WRITTEN = 16;
    private static final int WORD = 24;
    private static final int SCRATCH = 32;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment scratch = arena.allocate(SCRATCH, 8);
    private final long iv = scratch.address() + IV;
    private final long written = scratch.address() + WRITTEN;
    private final long word = scratch.address() + WORD;
    private final byte[] ivBytes = new byte[12];
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private long rtp;
    private long rtcp;

    NativeGcm(SessionKeys rtp, SessionKeys rtcp, boolean sealing) {
        this.rtp = Libcrypto.gcm(rtp.key(), sealing);
        this.rtcp = Libcrypto.gcm(rtcp.key(), sealing);
        rtpSalt = rtp.salt();
        rtcpSalt = rtcp.salt();
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
        start(rtp, rtpSalt, ssrc, index);
        int ok = Libcrypto.update(rtp, 0, written, header, headerLength);
        if (prefixLength > 0) {
            ok &= Libcrypto.update(rtp, body, written, body, prefixLength);
        }
        ok &= Libcrypto.update(rtp, body + prefixLength, written, in, payloadLength);
        Libcrypto.check(ok & finishSealing(rtp, body + bodyLength));
    }

    @Override
    public boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff) {
        int bodyLength = length - headerLength - TAG;
        long header = Libcrypto.address(in, inOff, length);
        long plain = Libcrypto.address(out, outOff, headerLength + (long) bodyLength) + headerLength;
        long body = header + headerLength;
        start(rtp, rtpSalt, ssrc, index);
        int ok = Libcrypto.expectTag(rtp, body + bodyLength, TAG);
        ok &= Libcrypto.update(rtp, 0, written, header, headerLength);
        ok &= Libcrypto.update(rtp, plain, written, body, bodyLength);
        Libcrypto.check(ok);
        if (Libcrypto.end(rtp, plain + bodyLength, written) != 1) {
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
        Bytes.put32(scratch, WORD, E_BIT | index);
        start(rtcp, rtcpSalt, ssrc, index);
        int ok = Libcrypto.update(rtcp, 0, written, header, RTCP_CLEAR);
        ok &= Libcrypto.update(rtcp, 0, written, word, 4);
        ok &= Libcrypto.update(rtcp, body, written, body, bodyLength);
        Libcrypto.check(ok & finishSealing(rtcp, body + bodyLength));
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
        Bytes.put32(scratch, WORD, encrypted ? E_BIT | index : index);
        start(rtcp, rtcpSalt, ssrc, index);
        int ok = Libcrypto.expectTag(rtcp, header + plainLength, TAG);
        ok &= Libcrypto.update(rtcp, 0, written, header, clear);
        ok &= Libcrypto.update(rtcp, 0, written, word, 4);
        if (plainLength > clear) {
            ok &= Libcrypto.update(rtcp, plain, written, header + clear, plainLength - clear);
        }
        Libcrypto.check(ok);
        if (Libcrypto.end(rtcp, plain, written) != 1) {
            return false;
        }
        MemorySegment.copy(in, inOff, out, outOff, clear);
        return true;
    }

    @Override
    public void close() {
        if (rtp != 0) {
            Libcrypto.free(rtp);
            Libcrypto.free(rtcp);
            rtp = 0;
            rtcp = 0;
            arena.close();
        }
    }

    private void start(long context, byte[] salt, int ssrc, long index) {
        if (context == 0) {
            throw new IllegalStateException("This cipher was closed");
        }
        PacketIv.gcm(ivBytes, salt, ssrc, index);
        MemorySegment.copy(ivBytes, 0, scratch, JAVA_BYTE, IV, ivBytes.length);
        Libcrypto.check(Libcrypto.iv(context, iv));
    }

    private int finishSealing(long context, long tag) {
        return Libcrypto.end(context, tag, written) & Libcrypto.readTag(context, tag, TAG);
    }
}
