package dev.parley.loadtest.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads what a process of this machine has used so far, from Linux's /proc. */
public final class ProcessMeter {
    private static final double TICKS_A_SECOND = 100;

    private final Path directory;

    /** The process with this id. */
    public ProcessMeter(long pid) {
        directory = Path.of("/proc", Long.toString(pid));
    }

    /** Whether it is there and may be looked at. */
    public boolean isReadable() {
        return cpuSeconds().isPresent();
    }

    /** CPU time of all its threads, user and system, in seconds, to 0.01 s. */
    public Optional<Double> cpuSeconds() {
        return read("stat").map(stat -> {
            // The name in parentheses may hold blanks: fields are counted from behind it; utime and stime are 14 and
            // 15.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        });
    }

    /** CPU time of the living threads whose names fit, in seconds, to the nanosecond. */
    public double threadSeconds(Predicate<String> names) {
        long nanos = 0;
        try (var threads = Files.newDirectoryStream(directory.resolve("task"))) {
            for (var thread : threads) {
                var name = text(thread.resolve("comm")).map(String::strip);
                if (name.filter(names).isPresent()) {
                    nanos += text(thread.resolve("schedstat"))
                            .map(stat -> Long.parseLong(stat.strip().split(" ")[0]))
                            .orElse(0L);
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return nanos / 1e9;
    }

    /** Memory in use (RSS), in bytes. */
    public Optional<Long> residentBytes() {
        return read("status").flatMap(status -> status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> 1_024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst());
    }

    /** Datagrams that the whole machine has dropped since it started because their sockets were full. */
    public static long socketOverflows() {
        // Two lines begin with "Udp:": names, and their values.
        var lines = text(Path.of("/proc/net/snmp")).orElse("").lines()
                .filter(line -> line.startsWith("Udp:"))
                .map(line -> List.of(line.split(" ")))
                .toList();
        int column = lines.size() == 2 ? lines.getFirst().indexOf("RcvbufErrors") : -1;
        return column < 0 ? 0 : Long.parseLong(lines.getLast().get(column));
    }

    private Optional<String> read(String file) {
        return text(directory.resolve(file));
    }

    private static Optional<String> text(Path path) {
        try {
            return Optional.of(Files.readString(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
