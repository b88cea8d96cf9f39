package dev.parley.sfu.engine.dtls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * The signatures that we make and take, best first (RFC 5246, 7.4.1.4.1; RFC 8446, 4.2.3). In TLS 1.2 the ECDSA numbers
 * name a hash and not a curve. Nothing with SHA-1.
 */
enum SignatureScheme {
    ECDSA_SHA256(0x0403, "EC", "SHA256withECDSA", 0),
    ECDSA_SHA384(0x0503, "EC", "SHA384withECDSA", 0),
    ECDSA_SHA512(0x0603, "EC", "SHA512withECDSA", 0),
    RSA_PSS_SHA256(0x0804, "RSA", "SHA-256", 32),
    RSA_PSS_SHA384(0x0805, "RSA", "SHA-384", 48),
    RSA_PSS_SHA512(0x0806, "RSA", "SHA-512", 64),
    RSA_PKCS1_SHA256(0x0401, "RSA", "SHA256withRSA", 0),
    RSA_PKCS1_SHA384(0x0501, "RSA", "SHA384withRSA", 0),
    RSA_PKCS1_SHA512(0x0601, "RSA", "SHA512withRSA", 0);

    private final int id;
    private final String keyAlgorithm;
    private final String name;
    private final int pssSalt;

    SignatureScheme(int id, String keyAlgorithm, String name, int pssSalt) {
        this.id = id;
        this.keyAlgorithm = keyAlgorithm;
        this.name = name;
        this.pssSalt = pssSalt;
    }

    static Optional<SignatureScheme> ofId(int id) {
        for (var scheme : values()) {
            if (scheme.id == id) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    /** The first of ours that a key can make and the peer takes. */
    static Optional<SignatureScheme> choose(String keyAlgorithm, int[] offered) {
        for (var scheme : values()) {
            for (int id : offered) {
                if (scheme.id == id && scheme.keyAlgorithm.equals(keyAlgorithm)) {
                    return Optional.of(scheme);
                }
            }
        }
        return Optional.empty();
    }

    /** The numbers of all, as a vector with its length of two bytes. */
    static byte[] encodeAll() {
        var writer = new ByteWriter().u16(2 * values().length);
        for (var scheme : values()) {
            writer.u16(scheme.id);
        }
        return writer.toBytes();
    }

    int id() {
        return id;
    }

    byte[] sign(PrivateKey key, byte[] content, SecureRandom random) throws HandshakeException {
        try {
            var signature = instance();
            signature.initSign(key, random);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new HandshakeException(Alert.INTERNAL_ERROR, DtlsFailure.INTERNAL);
        }
    }

    /** Whether a signature is right; false also for a key of another kind. */
    boolean verifies(PublicKey key, byte[] content, byte[] value) {
        if (!key.getAlgorithm().equals(keyAlgorithm)) {
            return false;
        }
        try {
            var signature = instance();
            signature.initVerify(key);
            signature.update(content);
            return signature.verify(value);
        } catch (GeneralSecurityException | RuntimeException malformed) {
            // Providers throw unchecked exceptions too at keys and signatures that are hostile enough.
            return false;
        }
    }

    private Signature instance() throws GeneralSecurityException {
        if (pssSalt == 0) {
            return Signature.getInstance(name);
        }
        var signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), pssSalt, 1));
        return signature;
    }
}
