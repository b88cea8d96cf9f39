package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) on libcrypto, with the results of {@link JdkGcm}. Reads and writes
 * the caller's native memory directly; nothing is allocated per packet.
 */
final class NativeGcm implements PacketCipher {
    private static final int TAG = Gcm.TAG;
    private static final int RTCP_CLEAR = 8;
    private static final int E_BIT = 0x8000_0000;

    private static final int IV = 0;
    private static final int WORD = 16;
    private static final int SCRATCH = 24;

    private final Arena arena = Arena.ofConfined();
    /** A packet's IV, and a word in network byte order. */
    private final MemorySegment scratch;

    private final Gcm rtp;
    private final Gcm rtcp;
    private boolean closed;
    private final int rtpSaltHead;
    private final long rtpSaltTail;
    private final int rtcpSaltHead;
    private final long rtcpSaltTail;

    /** Keeps nothing outside the heap when it throws. */
    NativeGcm(SessionKeys rtp, SessionKeys rtcp, boolean sealing) {
        Gcm first = null;
        Gcm second = null;
        try {
            scratch = arena.allocate(SCRATCH, 8);
            first = new Gcm(arena, rtp.key(), sealing);
            second = new Gcm(arena, rtcp.key(), sealing);
            var rtpSalt = ByteBuffer.wrap(rtp.salt());
            rtpSaltHead = rtpSalt.getInt();
            rtpSaltTail = rtpSalt.getLong();
            var rtcpSalt = ByteBuffer.wrap(rtcp.salt());
            rtcpSaltHead = rtcpSalt.getInt();
            rtcpSaltTail = rtcpSalt.getLong();
        } catch (RuntimeException | Error refused) {
            free(arena, first, second);
            throw refused;
        }
        this.rtp = first;
        this.rtcp = second;
    }

    private static void free(Arena arena, @Nullable Gcm first, @Nullable Gcm second) {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        arena.close();
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
        startRtp(ssrc, index);
        int ok = rtp.authenticate(header, headerLength);
        if (prefixLength > 0) {
            ok &= rtp.update(body, body, prefixLength);
        }
        ok &= rtp.update(body + prefixLength, in, payloadLength);
        Libcrypto.check(ok & rtp.seal(body + bodyLength));
    }

    @Override
    public boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff) {
        int bodyLength = length - headerLength - TAG;
        long header = Libcrypto.address(in, inOff, length);
        long plain = Libcrypto.address(out, outOff, headerLength + (long) bodyLength) + headerLength;
        long body = header + headerLength;
        startRtp(ssrc, index);
        int ok = rtp.expect(body + bodyLength);
        ok &= rtp.authenticate(header, headerLength);
        ok &= rtp.update(plain, body, bodyLength);
        Libcrypto.check(ok);
        if (!rtp.open(plain + bodyLength)) {
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
        long word = word(E_BIT | index);
        startRtcp(ssrc, index);
        int ok = rtcp.authenticate(header, RTCP_CLEAR);
        ok &= rtcp.authenticate(word, 4);
        ok &= rtcp.update(body, body, bodyLength);
        Libcrypto.check(ok & rtcp.seal(body + bodyLength));
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
        long word = word(encrypted ? E_BIT | index : index);
        startRtcp(ssrc, index);
        int ok = rtcp.expect(header + plainLength);
        ok &= rtcp.authenticate(header, clear);
        ok &= rtcp.authenticate(word, 4);
        if (plainLength > clear) {
            ok &= rtcp.update(plain, header + clear, plainLength - clear);
        }
        Libcrypto.check(ok);
        if (!rtcp.open(plain)) {
            return false;
        }
        MemorySegment.copy(in, inOff, out, outOff, clear);
        return true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            free(arena, rtp, rtcp);
        }
    }

    private void startRtp(int ssrc, long index) {
        start(rtp, PacketIv.gcmHead(rtpSaltHead, ssrc), PacketIv.gcmTail(rtpSaltTail, ssrc, index));
    }

    private void startRtcp(int ssrc, int index) {
        start(rtcp, PacketIv.gcmHead(rtcpSaltHead, ssrc), PacketIv.gcmTail(rtcpSaltTail, ssrc, index));
    }

    private void start(Gcm key, int head, long tail) {
        Bytes.put32(scratch, IV, head);
        Bytes.put64(scratch, IV + 4L, tail);
        key.start(scratch.address() + IV);
    }

    /** The address of a 32-bit number in network byte order; it is good until the next call. */
    private long word(int value) {
        Bytes.put32(scratch, WORD, value);
        return scratch.address() + WORD;
    }
}
