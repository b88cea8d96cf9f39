package dev.parley.server.http;

import dev.parley.server.config.CertificateFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Self-signed certificates for tests of what looks at them. */
public final class MadeCertificates {
    private MadeCertificates() {}

    /** One that was made then, for 825 days. */
    public static CertificateFiles of(Path folder, Instant made, String... names) {
        return SelfSignedCertificate.keptIn(folder, List.of(names), made, new SecureRandom());
    }
}
