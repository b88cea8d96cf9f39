package dev.parley.server.reach;

import dev.parley.server.config.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that this server shares with TURN servers: coturn's {@code static-auth-secret}. */
public final class TurnSecret {
    private static final Logger LOG = LoggerFactory.getLogger(TurnSecret.class);
    private static final int LEAST = 16;
    private static final int MOST = 256;
    private static final int RANDOM_BYTES = 32;

    private final String text;

    private TurnSecret(String text) {
        this.text = text;
    }

    /** For servers that ask for no credentials. */
    public static TurnSecret none() {
        return new TurnSecret("");
    }

    /**
     * Reads the one line of a file. A file that others may read is warned of. Throws {@link ConfigException} for a file
     * that cannot be read or holds no usable secret.
     */
    public static TurnSecret read(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new ConfigException("The TURN secret " + file + " cannot be read (" + e.getMessage()
                    + "): check --turn-secret-file and the file's permissions.");
        }
        // A # or a space would end the secret in coturn's own configuration file.
        if (!text.matches("[!-\"$-~]{" + LEAST + "," + MOST + "}")) {
            throw new ConfigException("The TURN secret " + file + " does not work: it must be one line of " + LEAST + " to "
                    + MOST + " visible ASCII characters without spaces and #. \"openssl rand -hex 32\" makes one.");
        }
        if (isOpenToOthers(file)) {
            LOG.warn("The TURN secret {} may be read by other users of this machine: chmod 600 {}", file, file);
        }
        return new TurnSecret(text);
    }

    /** Reads it, or makes one of 256 random bits that only this user may read. */
    public static TurnSecret readOrMake(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, ownerOnly);
            var bytes = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(bytes);
            Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n", StandardOpenOption.WRITE);
            LOG.info("Made a TURN secret: {}", file);
        } catch (FileAlreadyExistsException there) {
            LOG.debug("The TURN secret {} is there", file);
        } catch (IOException | UnsupportedOperationException e) {
            throw new ConfigException("The TURN secret " + file + " cannot be written (" + e.getMessage()
                    + "): check the data folder's permissions.");
        }
        return read(file);
    }

    /** The secret, for coturn's configuration, which only its owner may read. */
    public String inConfiguration() {
        return text;
    }

    /** The secret itself. */
    String text() {
        return text;
    }

    private static boolean isOpenToOthers(Path file) {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return permissions.stream()
                    .anyMatch(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE)::contains);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "TurnSecret[…]";
    }
}
