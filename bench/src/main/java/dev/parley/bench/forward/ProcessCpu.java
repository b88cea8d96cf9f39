package dev.parley.bench.forward;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The processor time of a process, in nanoseconds, by Linux' count for each of its threads. */
final class ProcessCpu {
    private final Path tasks;

    ProcessCpu(long pid) {
        tasks = Path.of("/proc", Long.toString(pid), "task");
    }

    /** All of its threads that live. */
    long nanos() throws IOException {
        return nanos("");
    }

    /** Those of its threads whose names begin so. */
    long nanos(String name) throws IOException {
        long sum = 0;
        try (var threads = Files.newDirectoryStream(tasks)) {
            for (var thread : threads) {
                try {
                    if (name.isEmpty() || Files.readString(thread.resolve("comm")).startsWith(name)) {
                        sum += Long.parseLong(
                                Files.readString(thread.resolve("schedstat")).split(" ")[0]);
                    }
                } catch (NoSuchFileException | NumberFormatException ended) {
                    // The thread ended while we looked.
                    continue;
                }
            }
        }
        return sum;
    }
}
