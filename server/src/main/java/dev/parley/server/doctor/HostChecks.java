package dev.parley.server.doctor;

import dev.parley.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Java, the clock and the data folder. */
final class HostChecks {
    private static final int LEAST_JAVA = 25;
    private static final Instant EARLIEST = Instant.parse("2025-06-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2060-01-01T00:00:00Z");
    private static final long STEP_MILLIS = 50;
    private static final Duration WATCH = Duration.ofMillis(200);
    private static final long LITTLE_SPACE = 100_000_000;
    private static final long NO_SPACE = 10_000_000;

    private HostChecks() {}

    static List<Finding> all(ServerConfig config, Machine machine) {
        var findings = new ArrayList<Finding>();
        findings.add(java());
        findings.add(clock(machine));
        findings.add(dataFolder(config, machine));
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return version >= LEAST_JAVA
                ? Finding.ok("java", "Java " + Runtime.version() + " of " + System.getProperty("java.vendor") + ".")
                : Finding.fail("java", "This is Java " + version + ".", "Parley needs Java " + LEAST_JAVA + " or newer.",
                        "Install a newer JDK, and name it by PARLEY_JAVA_HOME.");
    }

    /** TURN credentials and certificates end by the wall clock; one that is far off or jumps breaks both. */
    private static Finding clock(Machine machine) {
        var now = machine.now();
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            return Finding.fail("clock", "The clock says " + now + ".",
                    "It is not set. Certificates and TURN credentials count as ended or as not yet good.",
                    "Set the clock, and keep it right by NTP (\"timedatectl set-ntp true\").");
        }
        long begun = System.nanoTime();
        try {
            Thread.sleep(WATCH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long passed = (System.nanoTime() - begun) / 1_000_000;
        long shown = Duration.between(now, machine.now()).toMillis();
        return Math.abs(shown - passed) <= STEP_MILLIS + passed / 10
                ? Finding.ok("clock", "The clock says " + now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + ".")
                : Finding.warn("clock", "In " + passed + " ms the clock went by " + shown + " ms.",
                        "It is being set, or the machine is a guest whose clock is not kept right.",
                        "Keep it right by NTP (\"timedatectl set-ntp true\").");
    }

    private static Finding dataFolder(ServerConfig config, Machine machine) {
        var folder = config.dataDirectory();
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".doctor", ""));
        } catch (IOException e) {
            return Finding.fail("data-folder", "Nothing can be written to the data folder " + folder + ".",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Make it this user's, or give another folder by --data-dir.");
        }
        long free = machine.freeSpace(folder);
        if (free >= 0 && free < LITTLE_SPACE) {
            var text = free / 1_000_000 + " MB are free for the data folder " + folder + ".";
            var cure = "Make room, or give another folder by --data-dir.";
            return free < NO_SPACE
                    ? Finding.fail("data-folder", text, "The disk is full: rooms and files cannot be kept.", cure)
                    : Finding.warn("data-folder", text, "Files that people send may fill it.", cure);
        }
        return Finding.ok("data-folder", folder + " can be written to.");
    }
}
