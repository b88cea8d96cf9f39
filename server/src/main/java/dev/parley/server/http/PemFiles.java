package dev.parley.server.http;

import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/**
 * Reads a certificate chain and its key. Every failure is a {@link ConfigException} that names file, cause and cure.
 */
final class PemFiles {
    private PemFiles() {}

    static TlsIdentity read(CertificateFiles files) {
        var chain = readChain(files.chain());
        var key = readKey(files.key());
        if (!belongTogether(chain.getFirst().getPublicKey(), key)) {
            throw new ConfigException("The private key in " + files.key()
                    + " does not belong to the first certificate in "
                    + files.chain() + ": give the pair that was issued together, the server's certificate first.");
        }
        return new TlsIdentity(chain, key);
    }

    private static List<X509Certificate> readChain(Path file) {
        var chain = new ArrayList<X509Certificate>();
        try (InputStream in = Files.newInputStream(file)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                chain.add((X509Certificate) certificate);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, "certificate", e);
        }
        if (chain.isEmpty()) {
            throw new ConfigException(
                    "There is no certificate in " + file + ": give a PEM file that has -----BEGIN CERTIFICATE-----.");
        }
        return chain;
    }

    private static PrivateKey readKey(Path file) {
        try (var parser = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
            for (var part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case PrivateKeyInfo info -> {
                        return new JcaPEMKeyConverter().getPrivateKey(info);
                    }
                    case PEMKeyPair pair -> {
                        return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PEMEncryptedKeyPair encrypted -> throw encrypted(file);
                    case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted(file);
                    default -> {} // parameters or certificates, which may stand beside the key
                }
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof ConfigException already) {
                throw already;
            }
            throw unreadable(file, "private key", e);
        }
        throw new ConfigException(
                "There is no private key in " + file + ": give a PEM file that has -----BEGIN PRIVATE KEY-----.");
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        var algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> privateKey.getAlgorithm(); // Ed25519 and Ed448 are their own signature algorithms
        };
        try {
            var probe = "Parley".getBytes(StandardCharsets.US_ASCII);
            var signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(probe);
            var signed = signer.sign();
            signer.initVerify(publicKey);
            signer.update(probe);
            return signer.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static ConfigException encrypted(Path file) {
        return new ConfigException("The private key in " + file
                + " is encrypted: take the encryption off, for example with"
                + " \"openssl pkey -in KEY -out PLAIN_KEY\", and protect the file by its permissions.");
    }

    private static ConfigException unreadable(Path file, String what, Exception e) {
        return new ConfigException("The " + what + " in " + file + " cannot be read (" + e.getMessage()
                + "): check the path, the permissions, and that it is PEM.");
    }
}
