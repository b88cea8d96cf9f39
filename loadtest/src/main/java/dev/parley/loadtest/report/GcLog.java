package dev.parley.loadtest.report;

import dev.parley.loadtest.report.Result.Pauses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads pauses from a JVM's log of garbage collection ({@code -Xlog:gc*:file=…}): lines that say what kind of pause it
 * was, and end with its length, such as {@code GC(3) y: Pause Mark Start 0.012ms} (ZGC) or {@code GC(7) Pause Young
 * (Normal) 24M->4M(64M) 1.234ms} (G1).
 */
public final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("\\bPause .*?([0-9]+\\.[0-9]+)ms\\s*$");

    private final Path path;
    private final long from;

    /** What is in the log from now on. */
    public GcLog(Path path) throws IOException {
        this.path = path;
        from = Files.size(path);
    }

    /** The pauses since then. */
    public Pauses pauses() throws IOException {
        var bytes = Files.readAllBytes(path);
        int start = (int) Math.min(from, bytes.length);
        return pauses(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
    }

    static Pauses pauses(String text) {
        int count = 0;
        double total = 0;
        double longest = 0;
        for (var line : text.split("\n")) {
            var found = PAUSE.matcher(line);
            if (found.find()) {
                double ms = Double.parseDouble(found.group(1));
                count++;
                total += ms;
                longest = Math.max(longest, ms);
            }
        }
        return new Pauses(count, total, longest);
    }
}
