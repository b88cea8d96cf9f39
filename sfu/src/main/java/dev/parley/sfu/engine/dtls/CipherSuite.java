package dev.parley.sfu.engine.dtls;

import java.util.Optional;

/** The cipher suites that we speak, best first: ephemeral key exchange and AES-GCM only (RFC 5289; RFC 8827, 6.5). */
enum CipherSuite {
    ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(0xc02b, "EC", 16, "SHA-256", "HmacSHA256"),
    ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(0xc02c, "EC", 32, "SHA-384", "HmacSHA384"),
    ECDHE_RSA_WITH_AES_128_GCM_SHA256(0xc02f, "RSA", 16, "SHA-256", "HmacSHA256"),
    ECDHE_RSA_WITH_AES_256_GCM_SHA384(0xc030, "RSA", 32, "SHA-384", "HmacSHA384");

    private final int id;
    private final String keyAlgorithm;
    private final int keyLength;
    private final String hash;
    private final String hmac;

    CipherSuite(int id, String keyAlgorithm, int keyLength, String hash, String hmac) {
        this.id = id;
        this.keyAlgorithm = keyAlgorithm;
        this.keyLength = keyLength;
        this.hash = hash;
        this.hmac = hmac;
    }

    static Optional<CipherSuite> ofId(int id) {
        for (var suite : values()) {
            if (suite.id == id) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    int id() {
        return id;
    }

    /** The kind of key that the server's certificate must have. */
    String keyAlgorithm() {
        return keyAlgorithm;
    }

    /** Bytes of the AES key. */
    int keyLength() {
        return keyLength;
    }

    /** The hash over the handshake. */
    String hash() {
        return hash;
    }

    /** The HMAC that the pseudo-random function is made of. */
    String hmac() {
        return hmac;
    }
}
