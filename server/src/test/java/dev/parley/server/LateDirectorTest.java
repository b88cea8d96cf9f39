package dev.parley.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LateDirectorTest {
    private static final int CAP_SYS_NICE = 23;

    /** In a JVM with ZGC: says the slack of each of its threads, by name. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            LateDirector.allow();
            var slack = new TreeMap<String, String>();
            try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (var task : tasks) {
                    var file = Path.of("/proc", task.getFileName().toString(), "timerslack_ns");
                    slack.put(Files.readString(task.resolve("comm")).trim(), read(file));
                }
            }
            System.out.println(slack.get("ZDirector") + " " + slack.get("VM Thread"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException refused) {
            return "refused"; // who may not change another thread's slack may not read it either
        }
    }

    @Test
    void onlyTheDirectorMayBeLateAndOnlyWhereThatIsAllowed() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jvm = new ProcessBuilder(
                        java, "-XX:+UseZGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(jvm.getInputStream().readAllBytes()).strip();
        assertEquals(0, jvm.waitFor());
        assertEquals(mayChangeOtherThreads() ? LateDirector.SLACK_NANOS + " 50000" : "refused refused", said);
    }

    private static boolean mayChangeOtherThreads() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("CapEff:")) {
                var capabilities = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                return (capabilities >>> CAP_SYS_NICE & 1) != 0;
            }
        }
        return false;
    }
}
