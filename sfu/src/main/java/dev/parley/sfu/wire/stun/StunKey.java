package dev.parley.sfu.wire.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A short-term password as the key of MESSAGE-INTEGRITY (RFC 8489, 9.1.1 and 14.5), with the HMAC ready for use. Not
 * thread-safe: one thread owns it.
 */
public final class StunKey {
    private final Mac mac;

    /** The key of a password. ICE passwords are plain ASCII, for which OpaqueString changes nothing. */
    public StunKey(String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("a STUN password must not be empty");
        }
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no HMAC-SHA1", missing);
        }
    }

    /** The HMAC of the message before MESSAGE-INTEGRITY, as if the header's length ended with that attribute. */
    byte[] integrity(byte[] message, int attributeAt) {
        int length = attributeAt + 4 + Stun.INTEGRITY_LENGTH - Stun.HEADER;
        mac.update(message, 0, 2);
        mac.update((byte) (length >>> 8));
        mac.update((byte) length);
        mac.update(message, 4, attributeAt - 4);
        return mac.doFinal();
    }

    /** Whether the HMAC is right; takes the same time wherever they differ. */
    boolean verifies(byte[] message, int attributeAt) {
        var found = new byte[Stun.INTEGRITY_LENGTH];
        System.arraycopy(message, attributeAt + 4, found, 0, found.length);
        return MessageDigest.isEqual(found, integrity(message, attributeAt));
    }
}
