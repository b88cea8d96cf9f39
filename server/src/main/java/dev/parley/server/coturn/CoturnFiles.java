package dev.parley.server.coturn;

import dev.parley.server.config.ConfigException;
import dev.parley.server.reach.TurnSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files that hold the secret, so that nobody else can read them at any moment. */
public final class CoturnFiles {
    private CoturnFiles() {}

    /** Writes the configuration into the plan's folder; where it is. */
    public static Path write(CoturnPlan plan, TurnSecret secret) {
        var file = plan.folder().resolve("turnserver.conf");
        write(file, TurnServerConf.of(plan, secret));
        return file;
    }

    /** Makes the folder that coturn keeps its own files in. */
    public static void makeFolder(CoturnPlan plan) {
        try {
            Files.createDirectories(plan.folder());
        } catch (IOException e) {
            throw new ConfigException(plan.folder() + " cannot be made (" + e.getMessage() + "): check --data-dir.");
        }
    }

    /** Writes a file at once, readable and writable by its owner alone. */
    public static void write(Path file, String text) {
        try {
            var folder = Files.createDirectories(file.toAbsolutePath().getParent());
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var temporary = Files.createTempFile(folder, ".turnserver", ".conf", ownerOnly);
            try {
                Files.writeString(temporary, text);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new ConfigException(file + " cannot be written (" + e.getMessage()
                    + "): check the permissions of its folder.");
        }
    }
}
