package dev.parley.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets ZGC's director be late. This thread of the JVM asks a hundred times a second whether there is something to collect,
 * which is a good deal of what a server costs that has little to do. With a timer slack of 50 ms the kernel wakes it when it has
 * another timer to serve anyway, or after 60 ms: a sixth of the cost, and collecting begins 50 ms later at worst, while some
 * megabytes are allocated.
 *
 * <p>Only Linux has it, and only with CAP_SYS_NICE may one thread change the slack of another. It must not be changed for
 * all threads, by who starts the JVM: the VM's own thread sleeps 10 µs at a time while it waits for others to reach a safepoint,
 * and those that have would stand still for 50 ms.
 */
final class LateDirector {
    static final long SLACK_NANOS = 50_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(LateDirector.class);
    private static final String NAME = "ZDirector";
    private static final Path TASKS = Path.of("/proc/self/task");

    private LateDirector() {}

    /** Sets it, where there is such a thread and it is allowed. */
    static void allow() {
        if (!Files.isDirectory(TASKS)) {
            return;
        }
        try (var tasks = Files.newDirectoryStream(TASKS)) {
            for (var task : tasks) {
                if (isDirector(task)) {
                    Files.writeString(slackOf(task), Long.toString(SLACK_NANOS));
                }
            }
        } catch (IOException refused) {
            LOG.debug("The collector wakes up a hundred times a second: {}", refused.toString());
        }
    }

    private static boolean isDirector(Path task) {
        try {
            return Files.readString(task.resolve("comm")).trim().equals(NAME);
        } catch (IOException ended) {
            return false; // while we looked
        }
    }

    /** The folder of a thread has no such file, but each thread's number is the name of a folder under /proc too. */
    private static Path slackOf(Path task) {
        return Path.of("/proc", task.getFileName().toString(), "timerslack_ns");
    }
}
