package dev.parley.sfu.engine.dtls;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * The peer's leaf certificate after its fingerprint was found to be one that was signalled. Only then is it parsed, so
 * that no stranger's DER reaches the parser. Who signed it and for which dates does not matter (RFC 8827, 6.5).
 */
record PeerCertificate(PublicKey key) {
    private static final int LEAST_RSA_BITS = 2048;

    /** These two bound the cost of a verification, for the peer chooses its key and we pay. */
    private static final int MOST_RSA_BITS = 8192;

    private static final int MOST_RSA_EXPONENT_BITS = 64;

    private static final int LEAST_EC_BITS = 256;

    static PeerCertificate check(List<byte[]> chain, List<DtlsFingerprint> expected) throws HandshakeException {
        if (chain.isEmpty()) {
            throw new HandshakeException(Alert.BAD_CERTIFICATE, DtlsFailure.NO_CERTIFICATE);
        }
        byte[] leaf = chain.getFirst();
        // RFC 8122, 5: of several hash functions only the best one is used, so that a weaker one cannot open a way in.
        int best = expected.stream().mapToInt(DtlsFingerprint::strength).max().orElse(0);
        boolean matches = false;
        for (var fingerprint : expected) {
            matches |= fingerprint.strength() == best && fingerprint.matches(leaf);
        }
        if (!matches) {
            throw new HandshakeException(Alert.BAD_CERTIFICATE, DtlsFailure.FINGERPRINT_MISMATCH);
        }
        return new PeerCertificate(parse(leaf));
    }

    /** Checks a signature of the peer with a scheme by its number. */
    void verify(int scheme, byte[] content, byte[] signature) throws HandshakeException {
        boolean right = SignatureScheme.ofId(scheme)
                .map(known -> known.verifies(key, content, signature))
                .orElse(false);
        if (!right) {
            throw new HandshakeException(Alert.DECRYPT_ERROR, DtlsFailure.BAD_SIGNATURE);
        }
    }

    private static PublicKey parse(byte[] leaf) throws HandshakeException {
        PublicKey key;
        try {
            key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(leaf))
                    .getPublicKey();
        } catch (CertificateException | RuntimeException malformed) {
            throw new HandshakeException(Alert.BAD_CERTIFICATE, DtlsFailure.BAD_SIGNATURE);
        }
        boolean acceptable = switch (key) {
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA_BITS
                    && rsa.getModulus().bitLength() <= MOST_RSA_BITS
                    && rsa.getPublicExponent().bitLength() <= MOST_RSA_EXPONENT_BITS;
            default -> false;
        };
        if (!acceptable) {
            throw new HandshakeException(Alert.UNSUPPORTED_CERTIFICATE, DtlsFailure.BAD_SIGNATURE);
        }
        return key;
    }
}
