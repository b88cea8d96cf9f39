package dev.parley.sfu.engine.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Our own certificate with its private key. Immutable; may be shared by all endpoints of a server and by threads. */
public final class DtlsCertificate {
    private static final Date VALID_FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));

    /** RFC 5280, 4.1.2.5: "no well-defined expiration date". A WebRTC peer trusts the fingerprint, not the dates. */
    private static final Date VALID_UNTIL = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    private final PrivateKey key;
    private final byte[] encoded;
    private final List<DtlsFingerprint> fingerprints;

    private DtlsCertificate(PrivateKey key, byte[] encoded) {
        this.key = key;
        this.encoded = encoded;
        this.fingerprints = Stream.of("sha-256", "sha-1", "sha-224", "sha-384", "sha-512")
                .map(algorithm -> DtlsFingerprint.of(algorithm, encoded))
                .toList();
    }

    /** A new key on P-256 with a certificate signed by itself. Takes some milliseconds. */
    public static DtlsCertificate generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return selfSigned(generator.generateKeyPair(), "SHA256withECDSA", random);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot make keys on P-256", missing);
        }
    }

    /** A certificate for a key pair that exists: for tests of peers with other kinds of keys. */
    static DtlsCertificate selfSigned(KeyPair pair, String signature, SecureRandom random) {
        var name = new X500Name("CN=Parley");
        var serial = new BigInteger(64, random).add(BigInteger.ONE);
        var builder =
                new JcaX509v3CertificateBuilder(name, serial, VALID_FROM, VALID_UNTIL, name, pair.getPublic());
        try {
            var signer = new JcaContentSignerBuilder(signature)
                    .setSecureRandom(random)
                    .build(pair.getPrivate());
            return new DtlsCertificate(pair.getPrivate(), builder.build(signer).getEncoded());
        } catch (OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("this Java cannot sign a certificate", impossible);
        }
    }

    /** A certificate and key from elsewhere. */
    static DtlsCertificate of(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        return new DtlsCertificate(key, certificate.getEncoded());
    }

    /** The fingerprints to signal: sha-256 first, then sha-1, sha-224, sha-384, sha-512. */
    public List<DtlsFingerprint> fingerprints() {
        return fingerprints;
    }

    PrivateKey key() {
        return key;
    }

    /** The certificate in DER. Not to be changed. */
    byte[] encoded() {
        return encoded;
    }
}
