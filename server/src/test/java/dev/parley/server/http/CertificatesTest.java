package dev.parley.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificatesTest {
    private static final Instant NOW = Instant.now();
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "203.0.113.7");

    @TempDir
    private Path folder;

    private CertificateFiles kept(Path where, Instant now) {
        return SelfSignedCertificate.keptIn(where, NAMES, now, new SecureRandom());
    }

    @Test
    void isMadeForAllNamesAndAddresses() throws CertificateParsingException {
        var certificate = PemFiles.read(kept(folder, NOW)).certificate();
        var names = certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .collect(Collectors.toSet());
        assertEquals(Set.copyOf(NAMES), names);
    }

    @Test
    void isKeptUntilItExpires() {
        var first = PemFiles.read(kept(folder, NOW));
        assertEquals(first, PemFiles.read(kept(folder, NOW.plus(Duration.ofDays(800)))));
        assertNotEquals(first, PemFiles.read(kept(folder, NOW.plus(Duration.ofDays(820)))));
    }

    @Test
    void hidesItsKeyFromOthers() throws IOException {
        var data = folder.resolve("new/data");
        var files = kept(data, NOW);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void isReadAgainWhenTheFilesChange() throws IOException {
        var files = kept(folder, NOW);
        var seen = new ArrayList<TlsIdentity>();
        var watch = new CertificateWatch(files, seen::add);
        watch.check();
        assertTrue(seen.isEmpty());
        var other = kept(folder.resolve("other"), NOW);
        Files.copy(other.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        watch.check();
        assertTrue(seen.isEmpty(), "the new key does not fit the old certificate");
        Files.copy(other.chain(), files.chain(), StandardCopyOption.REPLACE_EXISTING);
        watch.check();
        assertEquals(List.of(PemFiles.read(other)), seen);
        Files.delete(files.chain());
        watch.check();
        assertEquals(1, seen.size());
    }

    @Test
    void refusesWhatIsNoPairWithASentence() throws IOException {
        var one = kept(folder.resolve("one"), NOW);
        var two = kept(folder.resolve("two"), NOW);
        var junk = Files.writeString(folder.resolve("junk.pem"), "junk");
        var locked = Files.writeString(folder.resolve("locked.pem"), """
                -----BEGIN ENCRYPTED PRIVATE KEY-----
                MIHjME4GCSqGSIb3DQEFDTBBMCkGCSqGSIb3DQEFDDAcBAhd4JXzgYq5LwICCAAw
                DAYIKoZIhvcNAgkFADAUBggqhkiG9w0DBwQIuqFvXGFmUv8EgZAAAAAAAAAAAAAA
                -----END ENCRYPTED PRIVATE KEY-----
                """);
        assertFails("does not belong", new CertificateFiles(one.chain(), two.key()));
        assertFails("no private key", new CertificateFiles(one.chain(), junk));
        assertFails("private key in " + locked, new CertificateFiles(one.chain(), locked));
        assertFails("certificate", new CertificateFiles(junk, one.key()));
        assertFails("cannot be read", new CertificateFiles(folder.resolve("missing"), one.key()));
    }

    private static void assertFails(String part, CertificateFiles files) {
        var error = assertThrows(ConfigException.class, () -> PemFiles.read(files));
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }
}
