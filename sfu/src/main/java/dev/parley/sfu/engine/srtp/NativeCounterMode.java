package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * AES_CM_128_HMAC_SHA1_80 (RFC 3711 4.1.1, 4.2.1) on libcrypto, with the results of {@link JdkCounterMode}. The tag is
 * checked before anything is decrypted; nothing is allocated per packet.
 */
final class NativeCounterMode implements PacketCipher {
    private static final int TAG = 10;
    private static final int RTCP_CLEAR = 8;
    private static final int E_BIT = 0x8000_0000;

    private final NativeState state;
    // 14 bytes of salt; the two behind them are the block counter and stay 0.
    private final long rtpSaltHead;
    private final long rtpSaltTail;
    private final long rtcpSaltHead;
    private final long rtcpSaltTail;
    private final NativeHmacSha1 rtpMac;
    private final NativeHmacSha1 rtcpMac;

    /** Keeps nothing outside the heap when it throws. */
    NativeCounterMode(SessionKeys rtp, SessionKeys rtcp) {
        var rtpSalt = ByteBuffer.wrap(Arrays.copyOf(rtp.salt(), 2 * Long.BYTES));
        rtpSaltHead = rtpSalt.getLong();
        rtpSaltTail = rtpSalt.getLong();
        var rtcpSalt = ByteBuffer.wrap(Arrays.copyOf(rtcp.salt(), 2 * Long.BYTES));
        rtcpSaltHead = rtcpSalt.getLong();
        rtcpSaltTail = rtcpSalt.getLong();
        state = new NativeState(rtp.key(), rtcp.key());
        try {
            rtpMac = new NativeHmacSha1(state.arena(), rtp.authentication());
            rtcpMac = new NativeHmacSha1(state.arena(), rtcp.authentication());
        } catch (RuntimeException | Error refused) {
            state.close();
            throw refused;
        }
    }

    @Override
    public int tagLength() {
        return TAG;
    }

    @Override
    public void sealRtp(
            MemorySegment out, long outOff, int headerLength, int prefixLength, MemorySegment payload, long payloadOff,
            int payloadLength, int ssrc, long index) {
        int length = headerLength + prefixLength + payloadLength;
        long header = Libcrypto.address(out, outOff, length + (long) TAG);
        long in = Libcrypto.address(payload, payloadOff, payloadLength);
        long body = header + headerLength;
        long context = startRtp(ssrc, index);
        crypt(context, body, body, prefixLength);
        crypt(context, body + prefixLength, in, payloadLength);
        var tag = sign(rtpMac, header, length, (int) (index >>> 16));
        MemorySegment.copy(tag, 0, out, outOff + length, TAG);
    }

    @Override
    public boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff) {
        int plainLength = length - TAG;
        long header = Libcrypto.address(in, inOff, length);
        long plain = Libcrypto.address(out, outOff, plainLength);
        var tag = sign(rtpMac, header, plainLength, (int) (index >>> 16));
        if (!same(tag, in, inOff + plainLength)) {
            return false;
        }
        long context = startRtp(ssrc, index);
        crypt(context, plain + headerLength, header + headerLength, plainLength - headerLength);
        MemorySegment.copy(in, inOff, out, outOff, headerLength);
        return true;
    }

    @Override
    public void sealRtcp(MemorySegment out, long outOff, int length, int ssrc, int index) {
        long header = Libcrypto.address(out, outOff, length + 4L + TAG);
        long context = startRtcp(ssrc, index);
        crypt(context, header + RTCP_CLEAR, header + RTCP_CLEAR, length - RTCP_CLEAR);
        Bytes.put32(out, outOff + length, E_BIT | index);
        rtcpMac.start();
        rtcpMac.update(header, length + 4L);
        MemorySegment.copy(rtcpMac.end(), 0, out, outOff + length + 4, TAG);
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return length - TAG - 4;
    }

    @Override
    public boolean openRtcp(
            MemorySegment in, long inOff, int length, int ssrc, boolean encrypted, int index, MemorySegment out,
            long outOff) {
        int signed = length - TAG;
        int plainLength = signed - 4;
        long header = Libcrypto.address(in, inOff, length);
        long plain = Libcrypto.address(out, outOff, plainLength);
        rtcpMac.start();
        rtcpMac.update(header, signed);
        if (!same(rtcpMac.end(), in, inOff + signed)) {
            return false;
        }
        int clear = encrypted ? RTCP_CLEAR : plainLength;
        long context = startRtcp(ssrc, index);
        crypt(context, plain + clear, header + clear, plainLength - clear);
        MemorySegment.copy(in, inOff, out, outOff, clear);
        return true;
    }

    @Override
    public void close() {
        state.close();
    }

    private long startRtp(int ssrc, long index) {
        state.iv(PacketIv.counterModeHead(rtpSaltHead, ssrc), PacketIv.counterModeTail(rtpSaltTail, index));
        return state.startRtp();
    }

    private long startRtcp(int ssrc, int index) {
        state.iv(PacketIv.counterModeHead(rtcpSaltHead, ssrc), PacketIv.counterModeTail(rtcpSaltTail, index));
        return state.startRtcp();
    }

    private void crypt(long context, long out, long in, int length) {
        if (length > 0) {
            Libcrypto.check(Libcrypto.update(context, out, state.written(), in, length));
        }
    }

    /** SRTP signs the packet and then the roll-over counter, which is not sent (RFC 3711 4.2). */
    private MemorySegment sign(NativeHmacSha1 mac, long header, int length, int rollOver) {
        mac.start();
        mac.update(header, length);
        mac.update(state.word(rollOver), 4);
        return mac.end();
    }

    /** Compares in a time that does not depend on where the tags differ. */
    private static boolean same(MemorySegment tag, MemorySegment in, long offset) {
        int difference = 0;
        for (int i = 0; i < TAG; i++) {
            difference |= Bytes.u8(in, offset + i) ^ Bytes.u8(tag, i);
        }
        return difference == 0;
    }
}
