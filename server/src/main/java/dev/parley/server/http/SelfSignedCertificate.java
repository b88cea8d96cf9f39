package dev.parley.server.http;

import dev.parley.server.config.AddressRange;
import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.ConfigException;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate of a server that was given none: made once, kept in the data folder, made again when it has run out.
 */
final class SelfSignedCertificate {
    private static final Duration VALID = Duration.ofDays(825);
    private static final Duration RENEW_BEFORE = Duration.ofDays(7);

    private SelfSignedCertificate() {}

    /** The files with a valid certificate; made when they are missing or about to expire. */
    static CertificateFiles keptIn(Path folder, Collection<String> names, Instant now, SecureRandom random) {
        var files = new CertificateFiles(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        try {
            createFolder(folder);
            boolean there = Files.exists(files.chain()) && Files.exists(files.key());
            if (!there || expires(files, now.plus(RENEW_BEFORE))) {
                write(files, names, now, random);
            }
            return files;
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new ConfigException("No certificate can be kept in " + folder + " (" + e.getMessage()
                    + "): give a folder that this user may write to (--data-dir).");
        }
    }

    private static boolean expires(CertificateFiles files, Instant then) {
        return PemFiles.read(files).certificate().getNotAfter().toInstant().isBefore(then);
    }

    private static void write(CertificateFiles files, Collection<String> names, Instant now, SecureRandom random)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        var pair = generator.generateKeyPair();
        var certificate = sign(pair, names, now, random);
        // Key first: a certificate without its key would look finished after a crash in between.
        replace(files.key(), pem(new JcaPKCS8Generator(pair.getPrivate(), null)), "rw-------");
        replace(files.chain(), pem(certificate), "rw-r--r--");
    }

    private static X509CertificateHolder sign(KeyPair pair, Collection<String> names, Instant now, SecureRandom random)
            throws IOException, OperatorCreationException {
        var subject = new X500Name("CN=Parley self-signed");
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALID)),
                subject,
                pair.getPublic());
        var alternatives = names.stream().map(SelfSignedCertificate::generalName).toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").setSecureRandom(random)
                .build(pair.getPrivate()));
    }

    private static GeneralName generalName(String name) {
        boolean address = AddressRange.literal(name).isPresent();
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String pem(Object part) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(part);
        }
        return text.toString();
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions("rwx------"));
        }
    }

    private static void replace(Path file, String text, String permissions) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, permissions(permissions));
        Files.writeString(fresh, text, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] permissions(String text) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
                : new FileAttribute<?>[0];
    }
}
