package dev.parley.server.http;

import dev.parley.server.config.CertificateFiles;
import dev.parley.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that certificate files were replaced. Asked every few seconds: file events do not work on every file system,
 * nor for the symbolic links that certificate clients like to switch.
 */
final class CertificateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private record Mark(long modified, long size, String key) {}

    private final CertificateFiles files;
    private final Consumer<TlsIdentity> changed;
    private List<Mark> seen;

    CertificateWatch(CertificateFiles files, Consumer<TlsIdentity> changed) {
        this.files = files;
        this.changed = changed;
        this.seen = marks();
    }

    /** Reads the files again if they changed; a pair that does not work is logged once and changes nothing. */
    synchronized void check() {
        var now = marks();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            changed.accept(PemFiles.read(files));
        } catch (ConfigException e) {
            LOG.error("The new certificate is not used, the old one stays: {}", e.getMessage());
        }
    }

    private List<Mark> marks() {
        return List.of(mark(files.chain()), mark(files.key()));
    }

    private static Mark mark(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(
                    attributes.lastModifiedTime().toMillis(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return new Mark(0, 0, "missing");
        }
    }
}
