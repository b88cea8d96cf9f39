package dev.parley.sfu.engine.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that protect packets, derived from a master key and salt (RFC 3711 4.3, RFC 6188 3 for AES-256, RFC 7714 11
 * for the shorter salt). Key derivation rate is 0: they are derived once.
 *
 * @param key encrypts
 * @param salt goes into the IV
 * @param authentication keys the HMAC; unused with an AEAD
 */
record SessionKeys(byte[] key, byte[] salt, byte[] authentication) {
    private static final int AUTHENTICATION_LENGTH = 20;
    private static final int RTP = 0x00;
    private static final int RTCP = 0x03;

    /** The keys for SRTP: labels 0 (encryption), 1 (authentication) and 2 (salt). */
    static SessionKeys rtp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return of(RTP, profile, masterKey, masterSalt);
    }

    /** The keys for SRTCP: labels 3, 4 and 5. */
    static SessionKeys rtcp(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return of(RTCP, profile, masterKey, masterSalt);
    }

    private static SessionKeys of(int first, SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        return new SessionKeys(
                derive(masterKey, masterSalt, first, profile.keyLength()),
                derive(masterKey, masterSalt, first + 2, profile.saltLength()),
                derive(masterKey, masterSalt, first + 1, AUTHENTICATION_LENGTH));
    }

    /**
     * The pseudo-random function AES-CM: the keystream of the master key, started at
     * {@code ((label << 48) XOR masterSalt) << 16}.
     *
     * <pre>
     * byte  0 1 2 3 4 5 6    7     8 9 10 11 12 13   14 15
     *      |  master salt | ^label |  master salt  | counter = 0 |   a 12-byte salt is filled with zeros behind
     * </pre>
     */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int length) {
        byte[] start = Arrays.copyOf(masterSalt, 16);
        start[7] ^= (byte) label;
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(start));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has AES/CTR with these key lengths", impossible);
        }
    }

    /** Keeps the keys to itself, so that a log line never holds them. */
    @Override
    public String toString() {
        return "SessionKeys[]";
    }
}
