package dev.parley.server.coturn;

import dev.parley.server.config.CertificateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Notices that the certificate was replaced. Used under its owner's lock. */
final class CertificateMark {
    private final Optional<CertificateFiles> files;
    private long seen;

    CertificateMark(Optional<CertificateFiles> files) {
        this.files = files;
        this.seen = mark();
    }

    /** Whether it was since the last time. */
    boolean changed() {
        long now = mark();
        boolean changed = now != seen;
        seen = now;
        return changed;
    }

    private long mark() {
        return files.map(pair -> 31 * modified(pair.chain()) + modified(pair.key())).orElse(0L);
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
