package dev.parley.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the lines of the main code to a length that fits beside another file. */
class LineLengthTest {
    private static final int MOST = 120;
    private static final Path SOURCES = Path.of("src/main/java/dev/parley/sfu");
    /** Where some lines are longer still. */
    private static final List<Path> EXEMPT = List.of(SOURCES.resolve("lane"), SOURCES.resolve("engine/forward"));

    @Test
    void noLineIsLongerThan120Characters() throws IOException {
        var tooLong = new ArrayList<String>();
        int files = 0;
        try (var sources = Files.walk(SOURCES)) {
            for (var file : sources.filter(LineLengthTest::isHeld).toList()) {
                files++;
                var lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).codePointCount(0, lines.get(i).length()) > MOST) {
                        tooLong.add(file + ":" + (i + 1));
                    }
                }
            }
        }
        assertTrue(files > 0, "there is nothing at " + SOURCES.toAbsolutePath());
        assertEquals(List.of(), tooLong);
    }

    private static boolean isHeld(Path file) {
        return file.toString().endsWith(".java") && EXEMPT.stream().noneMatch(file::startsWith);
    }
}
