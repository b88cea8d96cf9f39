package dev.parley.sfu.engine.dtls;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** The groups of the key exchange, best first (RFC 8422, 5.1.1). */
enum NamedGroup {
    X25519(29, "X25519", 32),
    SECP256R1(23, "EC", 65);

    private final int id;
    private final String algorithm;
    private final int publicLength;

    NamedGroup(int id, String algorithm, int publicLength) {
        this.id = id;
        this.algorithm = algorithm;
        this.publicLength = publicLength;
    }

    static Optional<NamedGroup> ofId(int id) {
        for (var group : values()) {
            if (group.id == id) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** The first of ours that the peer offers. */
    static Optional<NamedGroup> choose(int[] offered) {
        for (var group : values()) {
            for (int id : offered) {
                if (group.id == id) {
                    return Optional.of(group);
                }
            }
        }
        return Optional.empty();
    }

    int id() {
        return id;
    }

    String algorithm() {
        return algorithm;
    }

    /** Bytes of a public key on the wire. */
    int publicLength() {
        return publicLength;
    }

    /** A fresh ephemeral key. */
    KeyShare generate(SecureRandom random) throws HandshakeException {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters(), random);
            return new KeyShare(this, generator.generateKeyPair());
        } catch (GeneralSecurityException missing) {
            throw new HandshakeException(Alert.INTERNAL_ERROR, DtlsFailure.INTERNAL);
        }
    }

    /** The parameters of the curve P-256. */
    static ECParameterSpec p256() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private AlgorithmParameterSpec parameters() {
        return this == X25519 ? NamedParameterSpec.X25519 : new ECGenParameterSpec("secp256r1");
    }
}
