package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) on the JDK's cipher.
 *
 * <pre>
 * SRTP:   | RTP header (signed) | payload (encrypted) | tag 16 |
 * SRTCP:  | first 8 bytes (signed) | rest (encrypted) | tag 16 | E + index (signed) |
 * </pre>
 *
 * Works on byte arrays ({@link JdkBuffers}), because the JDK's GCM on direct buffers is slower and allocates more. What
 * is left is inherent to {@code javax.crypto}: about 1 kB of garbage a packet (parameters, GHASH state), and an
 * exception for a wrong tag.
 */
final class JdkGcm implements PacketCipher {
    private static final int TAG = 16;
    private static final int RTCP_CLEAR = 8;
    private static final int E_BIT = 0x8000_0000;

    private final Cipher cipher;
    private final Key rtpKey;
    private final byte[] rtpSalt;
    private final Key rtcpKey;
    private final byte[] rtcpSalt;
    private final byte[] iv = new byte[12];

    JdkGcm(SessionKeys rtp, SessionKeys rtcp) {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java platform lacks AES/GCM", impossible);
        }
        rtpKey = new SecretKeySpec(rtp.key(), "AES");
        rtpSalt = rtp.salt();
        rtcpKey = new SecretKeySpec(rtcp.key(), "AES");
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
        var buffers = JdkBuffers.ofThread();
        MemorySegment.copy(out, JAVA_BYTE, outOff, buffers.associated, 0, headerLength);
        MemorySegment.copy(out, JAVA_BYTE, outOff + headerLength, buffers.input, 0, prefixLength);
        MemorySegment.copy(payload, JAVA_BYTE, payloadOff, buffers.input, prefixLength, payloadLength);
        PacketIv.gcm(iv, rtpSalt, ssrc, index);
        int written = seal(buffers, rtpKey, headerLength, prefixLength + payloadLength);
        MemorySegment.copy(buffers.output, 0, out, JAVA_BYTE, outOff + headerLength, written);
    }

    @Override
    public boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff) {
        var buffers = JdkBuffers.ofThread();
        int bodyLength = length - headerLength;
        MemorySegment.copy(in, JAVA_BYTE, inOff, buffers.associated, 0, headerLength);
        MemorySegment.copy(in, JAVA_BYTE, inOff + headerLength, buffers.input, 0, bodyLength);
        PacketIv.gcm(iv, rtpSalt, ssrc, index);
        if (!open(buffers, rtpKey, headerLength, bodyLength)) {
            return false;
        }
        MemorySegment.copy(buffers.associated, 0, out, JAVA_BYTE, outOff, headerLength);
        MemorySegment.copy(buffers.output, 0, out, JAVA_BYTE, outOff + headerLength, bodyLength - TAG);
        return true;
    }

    @Override
    public void sealRtcp(MemorySegment out, long outOff, int length, int ssrc, int index) {
        var buffers = JdkBuffers.ofThread();
        int word = E_BIT | index;
        MemorySegment.copy(out, JAVA_BYTE, outOff, buffers.associated, 0, RTCP_CLEAR);
        putWord(buffers.associated, RTCP_CLEAR, word);
        MemorySegment.copy(out, JAVA_BYTE, outOff + RTCP_CLEAR, buffers.input, 0, length - RTCP_CLEAR);
        PacketIv.gcm(iv, rtcpSalt, ssrc, index);
        int written = seal(buffers, rtcpKey, RTCP_CLEAR + 4, length - RTCP_CLEAR);
        MemorySegment.copy(buffers.output, 0, out, JAVA_BYTE, outOff + RTCP_CLEAR, written);
        Bytes.put32(out, outOff + RTCP_CLEAR + written, word);
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
        var buffers = JdkBuffers.ofThread();
        int plainLength = length - TAG - 4;
        int clear = encrypted ? RTCP_CLEAR : plainLength;
        MemorySegment.copy(in, JAVA_BYTE, inOff, buffers.associated, 0, clear);
        putWord(buffers.associated, clear, encrypted ? E_BIT | index : index);
        MemorySegment.copy(in, JAVA_BYTE, inOff + clear, buffers.input, 0, plainLength - clear + TAG);
        PacketIv.gcm(iv, rtcpSalt, ssrc, index);
        if (!open(buffers, rtcpKey, clear + 4, plainLength - clear + TAG)) {
            return false;
        }
        MemorySegment.copy(buffers.associated, 0, out, JAVA_BYTE, outOff, clear);
        MemorySegment.copy(buffers.output, 0, out, JAVA_BYTE, outOff + clear, plainLength - clear);
        return true;
    }

    private static void putWord(byte[] bytes, int at, int word) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (word >>> (24 - 8 * i));
        }
    }

    private int seal(JdkBuffers buffers, Key key, int associatedLength, int inputLength) {
        try {
            startSealing(key);
            cipher.updateAAD(buffers.associated, 0, associatedLength);
            return cipher.doFinal(buffers.input, 0, inputLength, buffers.output, 0);
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("GCM refused to seal", bug);
        }
    }

    /**
     * The platform refuses the IV that it was given last, which a packet that is sealed again has. Another one in
     * between, under which nothing is sealed, makes it forget.
     */
    private void startSealing(Key key) throws GeneralSecurityException {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, iv));
        } catch (InvalidAlgorithmParameterException again) {
            iv[0] ^= 1;
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, iv));
            iv[0] ^= 1;
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, iv));
        }
    }

    private boolean open(JdkBuffers buffers, Key key, int associatedLength, int inputLength) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, iv));
            cipher.updateAAD(buffers.associated, 0, associatedLength);
            cipher.doFinal(buffers.input, 0, inputLength, buffers.output, 0);
            return true;
        } catch (AEADBadTagException forged) {
            return false;
        } catch (GeneralSecurityException bug) {
            throw new IllegalStateException("GCM refused to open", bug);
        }
    }
}
