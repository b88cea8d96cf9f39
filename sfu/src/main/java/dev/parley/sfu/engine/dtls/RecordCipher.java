package dev.parley.sfu.engine.dtls;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM for the records of one direction (RFC 5288, 3; RFC 6347, 4.1.2.1).
 *
 * <pre>
 *   nonce  = implicit IV (4) | explicit nonce (8), which is sent; ours is epoch (2) | sequence number (6)
 *   AAD    = epoch (2) | sequence number (6) | content type (1) | version (2) | length of the plain text (2)
 *   body   = explicit nonce (8) | ciphertext | tag (16)
 * </pre>
 */
final class RecordCipher {
    static final int OVERHEAD = 8 + 16;
    private static final int EXPLICIT_NONCE = 8;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] implicitIv;
    private final Cipher cipher;

    RecordCipher(byte[] key, byte[] implicitIv) {
        this.key = new SecretKeySpec(key, "AES");
        this.implicitIv = implicitIv;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES-GCM", missing);
        }
    }

    /** The body of a record for a plain text. */
    byte[] seal(int contentType, long epochAndSequence, byte[] plain) {
        var explicit = ByteBuffer.allocate(EXPLICIT_NONCE).putLong(epochAndSequence).array();
        try {
            init(Cipher.ENCRYPT_MODE, explicit, contentType, epochAndSequence, plain.length);
            var sealed = cipher.doFinal(plain);
            return new ByteWriter().bytes(explicit).bytes(sealed).toBytes();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM refused to encrypt", broken);
        }
    }

    /** The plain text of a record's body, or empty if its tag is wrong. */
    Optional<byte[]> open(int contentType, long epochAndSequence, byte[] body) {
        if (body.length < OVERHEAD) {
            return Optional.empty();
        }
        var explicit = new byte[EXPLICIT_NONCE];
        System.arraycopy(body, 0, explicit, 0, EXPLICIT_NONCE);
        try {
            init(Cipher.DECRYPT_MODE, explicit, contentType, epochAndSequence, body.length - OVERHEAD);
            return Optional.of(cipher.doFinal(body, EXPLICIT_NONCE, body.length - EXPLICIT_NONCE));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private void init(int mode, byte[] explicit, int contentType, long epochAndSequence, int plainLength)
            throws GeneralSecurityException {
        var nonce = new ByteWriter().bytes(implicitIv).bytes(explicit).toBytes();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(13)
                .putLong(epochAndSequence)
                .put((byte) contentType)
                .putShort((short) DtlsRecord.DTLS_1_2)
                .putShort((short) plainLength)
                .flip());
    }
}
