package dev.parley.server;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets ZGC's director be late. This thread of the JVM asks a hundred times a second whether there is something to
 * collect, which is a good deal of what a server costs that has little to do. With a timer slack of 50 ms the kernel
 * wakes it when it has another timer to serve anyway, or after 60 ms: a sixth of the cost, and collecting begins 50 ms
 * later at worst, while some megabytes are allocated.
 *
 * <p>Only Linux has it, and only with CAP_SYS_NICE may one thread change the slack of another. It must not be changed
 * for all threads, by who starts the JVM: the VM's own thread sleeps 10 µs at a time while it waits for others to reach
 * a safepoint, and those that have would stand still for 50 ms.
 */
final class LateDirector {
    static final long SLACK_NANOS = 50_000_000;

    private static final String NAME = "ZDirector";

    private final Path processes;

    /** @param processes where the kernel shows what it knows of them: /proc */
    LateDirector(Path processes) {
        this.processes = processes;
    }

    /** That of the JVM in which we run. */
    static LateDirector ofThisJvm() {
        return new LateDirector(Path.of("/proc"));
    }

    /**
     * Sets it, where there is such a thread and it is allowed.
     *
     * @return how late it may be, or why not and the cure, in words for the operator; empty without such a thread
     */
    Optional<String> allow() {
        var threads = processes.resolve("self/task");
        if (!Files.isDirectory(threads)) {
            return Optional.empty();
        }
        try (var tasks = Files.newDirectoryStream(threads)) {
            for (var task : tasks) {
                if (isDirector(task)) {
                    return Optional.of(beLate(task));
                }
            }
            return Optional.empty();
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Optional.empty();
        }
    }

    private String beLate(Path task) {
        try {
            Files.writeString(slackOf(task), Long.toString(SLACK_NANOS));
            return "ZGC, whose director may be " + SLACK_NANOS / 1_000_000 + " ms late";
        } catch (IOException refused) {
            return "ZGC, whose director wakes up 100 times a second (0.3 % of a core): give CAP_SYS_NICE to have it wake up less"
                    + " often";
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
    private Path slackOf(Path task) {
        return processes.resolve(Path.of(task.getFileName().toString(), "timerslack_ns"));
    }
}
