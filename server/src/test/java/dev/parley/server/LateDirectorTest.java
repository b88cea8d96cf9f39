package dev.parley.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LateDirectorTest {
    private static final int CAP_SYS_NICE = 23;
    private static final String REFUSED = "ZGC, whose director wakes up 100 times a second (0.3 % of a core): give CAP_SYS_NICE to have it wake up"
            + " less often";

    /** In a JVM with ZGC: says the slack of each of its threads, by name. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            var said = LateDirector.ofThisJvm().allow().orElse("nothing");
            var slack = new TreeMap<String, String>();
            try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (var task : tasks) {
                    var file = Path.of("/proc", task.getFileName().toString(), "timerslack_ns");
                    slack.put(Files.readString(task.resolve("comm")).trim(), read(file));
                }
            }
            System.out.println(slack.get("ZDirector") + " " + slack.get("VM Thread") + " " + said);
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
        assertEquals(
                mayChangeOtherThreads()
                        ? LateDirector.SLACK_NANOS + " 50000 ZGC, whose director may be 50 ms late"
                        : "refused refused " + REFUSED,
                said);
    }

    @Test
    void whoMayNotMakeItLateIsToldTheCure(@TempDir Path processes) throws IOException {
        thread(processes, "17", "VM Thread");
        thread(processes, "18", "ZDirector");
        // Even root cannot write to a folder.
        Files.createDirectories(processes.resolve("18").resolve("timerslack_ns"));
        assertEquals(Optional.of(REFUSED), new LateDirector(processes).allow());
    }

    @Test
    void nothingIsSaidOfAnotherCollectorOrSystem(@TempDir Path processes) throws IOException {
        assertEquals(Optional.empty(), new LateDirector(processes).allow());
        thread(processes, "17", "VM Thread");
        assertEquals(Optional.empty(), new LateDirector(processes).allow());
    }

    private static void thread(Path processes, String number, String name) throws IOException {
        var task = Files.createDirectories(processes.resolve("self").resolve("task").resolve(number));
        Files.writeString(task.resolve("comm"), name + "\n");
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
