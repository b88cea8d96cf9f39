package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES_CM_128_HMAC_SHA1_80 (RFC 3711 4.1.1, 4.2.1) on the JDK's cipher and MAC. The tag is checked before anything is
 * decrypted.
 *
 * <pre>
 * SRTP:   | RTP header | payload (encrypted) | tag 10 |         signed: header, encrypted payload, then the 32-bit ROC
 * SRTCP:  | first 8 bytes | rest (encrypted) | E + index | tag 10 |      signed: all before the tag
 * </pre>
 */
final class JdkCounterMode implements PacketCipher {
    private static final int TAG = 10;
    private static final int RTCP_CLEAR = 8;
    private static final int E_BIT = 0x8000_0000;

    private final Cipher cipher;
    private final Key rtpKey;
    private final byte[] rtpSalt;
    private final Mac rtpMac;
    private final Key rtcpKey;
    private final byte[] rtcpSalt;
    private final Mac rtcpMac;
    private final byte[] iv = new byte[16];
    private final byte[] tag = new byte[20];

    JdkCounterMode(SessionKeys rtp, SessionKeys rtcp) {
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            rtpMac = mac(rtp);
            rtcpMac = mac(rtcp);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java platform lacks AES/CTR or HmacSHA1", impossible);
        }
        rtpKey = new SecretKeySpec(rtp.key(), "AES");
        rtpSalt = rtp.salt();
        rtcpKey = new SecretKeySpec(rtcp.key(), "AES");
        rtcpSalt = rtcp.salt();
    }

    private static Mac mac(SessionKeys keys) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
        return mac;
    }

    @Override
    public int tagLength() {
        return TAG;
    }

    @Override
    public void sealRtp(
            MemorySegment out, long outOff, int headerLength, int prefixLength, MemorySegment payload, long payloadOff,
            int payloadLength, int ssrc, long index) {
        var buffers = JdkBuffers.ofThread();
        var input = buffers.input;
        var output = buffers.output;
        int bodyLength = prefixLength + payloadLength;
        MemorySegment.copy(out, JAVA_BYTE, outOff, output, 0, headerLength);
        MemorySegment.copy(out, JAVA_BYTE, outOff + headerLength, input, headerLength, prefixLength);
        MemorySegment.copy(payload, JAVA_BYTE, payloadOff, input, headerLength + prefixLength, payloadLength);
        PacketIv.counterMode(iv, rtpSalt, ssrc, index);
        crypt(buffers, rtpKey, headerLength, bodyLength);
        int length = headerLength + bodyLength;
        putWord(output, length, (int) (index >>> 16));
        sign(rtpMac, output, length + 4);
        System.arraycopy(tag, 0, output, length, TAG);
        MemorySegment.copy(output, headerLength, out, JAVA_BYTE, outOff + headerLength, bodyLength + TAG);
    }

    @Override
    public boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff) {
        var buffers = JdkBuffers.ofThread();
        var input = buffers.input;
        var output = buffers.output;
        int plainLength = length - TAG;
        MemorySegment.copy(in, JAVA_BYTE, inOff, input, 0, plainLength);
        putWord(input, plainLength, (int) (index >>> 16));
        sign(rtpMac, input, plainLength + 4);
        if (!tagIsAt(in, inOff + plainLength)) {
            return false;
        }
        PacketIv.counterMode(iv, rtpSalt, ssrc, index);
        crypt(buffers, rtpKey, headerLength, plainLength - headerLength);
        MemorySegment.copy(input, 0, out, JAVA_BYTE, outOff, headerLength);
        MemorySegment.copy(output, headerLength, out, JAVA_BYTE, outOff + headerLength, plainLength - headerLength);
        return true;
    }

    @Override
    public void sealRtcp(MemorySegment out, long outOff, int length, int ssrc, int index) {
        var buffers = JdkBuffers.ofThread();
        var input = buffers.input;
        var output = buffers.output;
        MemorySegment.copy(out, JAVA_BYTE, outOff, input, 0, length);
        System.arraycopy(input, 0, output, 0, RTCP_CLEAR);
        PacketIv.counterMode(iv, rtcpSalt, ssrc, index);
        crypt(buffers, rtcpKey, RTCP_CLEAR, length - RTCP_CLEAR);
        putWord(output, length, E_BIT | index);
        sign(rtcpMac, output, length + 4);
        System.arraycopy(tag, 0, output, length + 4, TAG);
        MemorySegment.copy(output, 0, out, JAVA_BYTE, outOff, length + 4 + TAG);
    }

    @Override
    public int rtcpIndexOffset(int length) {
        return length - TAG - 4;
    }

    @Override
    public boolean openRtcp(
            MemorySegment in, long inOff, int length, int ssrc, boolean encrypted, int index, MemorySegment out,
            long outOff) {
        var buffers = JdkBuffers.ofThread();
        var input = buffers.input;
        var output = buffers.output;
        int signed = length - TAG;
        MemorySegment.copy(in, JAVA_BYTE, inOff, input, 0, signed);
        sign(rtcpMac, input, signed);
        if (!tagIsAt(in, inOff + signed)) {
            return false;
        }
        int plainLength = signed - 4;
        int clear = encrypted ? RTCP_CLEAR : plainLength;
        PacketIv.counterMode(iv, rtcpSalt, ssrc, index);
        crypt(buffers, rtcpKey, clear, plainLength - clear);
        MemorySegment.copy(input, 0, out, JAVA_BYTE, outOff, clear);
        MemorySegment.copy(output, clear, out, JAVA_BYTE, outOff + clear, plainLength - clear);
        return true;
    }

    /** Input to output at the same offset; encrypting and decrypting are the same. */
    private void crypt(JdkBuffers buffers, Key key, int at, int length) {
        if (length == 0) {
            return;
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            cipher.doFinal(buffers.input, at, length, buffers.output, at);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("AES-CM refused a packet", bug);
        }
    }

    private void sign(Mac mac, byte[] bytes, int length) {
        try {
            mac.update(bytes, 0, length);
            mac.doFinal(tag, 0);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("HMAC-SHA1 refused a packet", bug);
        }
    }

    /** Compares in a time that does not depend on where the tags differ. */
    private boolean tagIsAt(MemorySegment in, long offset) {
        int difference = 0;
        for (int i = 0; i < TAG; i++) {
            difference |= Bytes.u8(in, offset + i) ^ (tag[i] & 0xff);
        }
        return difference == 0;
    }

    private static void putWord(byte[] bytes, int at, int word) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (word >>> (24 - 8 * i));
        }
    }
}
