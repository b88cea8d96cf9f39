package dev.parley.sfu.engine.srtp;

import java.util.Optional;

/**
 * The protection profiles that DTLS negotiates with use_srtp (RFC 5764 4.1.2, RFC 7714 14.2), best first. Lengths in
 * bytes.
 */
public enum SrtpProfile {
    /** AES-128 in GCM with the whole tag (RFC 7714). */
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    /** AES-256 in GCM with the whole tag (RFC 7714). */
    AEAD_AES_256_GCM(0x0008, 32, 12, 16),
    /** AES-128 in counter mode with HMAC-SHA1 cut to 80 bits (RFC 3711). */
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10);

    private final int id;
    private final int keyLength;
    private final int saltLength;
    private final int tagLength;

    SrtpProfile(int id, int keyLength, int saltLength, int tagLength) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.tagLength = tagLength;
    }

    /**
     * The profile with a number from the registry "DTLS-SRTP Protection Profiles", or empty for one that is not offered
     * here.
     */
    public static Optional<SrtpProfile> ofId(int id) {
        for (var profile : values()) {
            if (profile.id == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** The 16-bit number on the wire, as in use_srtp. */
    public int id() {
        return id;
    }

    /** The length of a master key. */
    public int keyLength() {
        return keyLength;
    }

    /** The length of a master salt. */
    public int saltLength() {
        return saltLength;
    }

    /** The length of the authentication tag that each packet carries. */
    public int tagLength() {
        return tagLength;
    }

    /** How many bytes of keying material DTLS exports for both directions (RFC 5764 4.2). */
    public int keyingMaterialLength() {
        return 2 * (keyLength + saltLength);
    }
}
