package dev.parley.server.doctor;

import dev.parley.sfu.HotPath;
import java.util.List;
import java.util.OptionalLong;

/** What the system gives the server: buffers, file descriptors, the native path. */
final class SystemChecks {
    private static final long TINY_BUFFER = 128 * 1024;
    private static final long SMALL_BUFFER = 1024 * 1024;
    private static final long LEAST_FILES = 1_024;
    private static final long FEW_FILES = 4_096;

    private SystemChecks() {}

    static List<Finding> all(Subject subject, Machine machine) {
        return List.of(buffers(subject, machine), files(subject, machine), hotPath(subject));
    }

    private static Finding buffers(Subject subject, Machine machine) {
        var limit = machine.receiveBufferLimit();
        if (limit.isEmpty()) {
            return Finding.skip("udp-buffers", "This system does not tell how much a UDP socket may queue.");
        }
        long bytes = limit.getAsLong();
        long lost = subject.running().map(report -> report.mediaSocket().packetsDropped()).orElse(0L);
        var cure = "sysctl -w net.core.rmem_max=4194304 (and in /etc/sysctl.d to keep it), then start the server again.";
        var text = "A UDP socket may queue " + bytes / 1024 + " KiB.";
        if (bytes < TINY_BUFFER) {
            return Finding.fail("udp-buffers", text, "That is full within a few milliseconds; pictures freeze.", cure);
        }
        if (lost > 0) {
            return Finding.warn("udp-buffers", text + " The kernel has dropped " + lost + " packets of media.",
                    "The queue was full: it is too short, or the machine too slow.", cure);
        }
        return bytes < SMALL_BUFFER
                ? Finding.warn("udp-buffers", text, "With many people, packets are lost whenever the server pauses.", cure)
                : Finding.ok("udp-buffers", text);
    }

    private static Finding files(Subject subject, Machine machine) {
        var limit = subject.running()
                .map(report -> OptionalLong.of(report.process().maxFiles()))
                .orElseGet(machine::fileDescriptorLimit);
        if (limit.isEmpty() || limit.getAsLong() < 0) {
            return Finding.skip("file-descriptors", "This system does not tell how many file descriptors there may be.");
        }
        var text = limit.getAsLong() + " file descriptors may be open.";
        var cause = "Each browser takes one, and one more for media over TCP; then nobody new gets in.";
        var cure = "LimitNOFILE=65536 in the systemd unit, --ulimit nofile=65536 for a container, or ulimit -n 65536.";
        if (limit.getAsLong() < LEAST_FILES) {
            return Finding.fail("file-descriptors", text, cause, cure);
        }
        return limit.getAsLong() < FEW_FILES
                ? Finding.warn("file-descriptors", text, cause, cure)
                : Finding.ok("file-descriptors", text);
    }

    private static Finding hotPath(Subject subject) {
        var path = subject.hotPath();
        if (path.isEmpty()) {
            return Finding.skip("hot-path", "Media could not be started, see below.");
        }
        if (path.get().startsWith("native")) {
            return Finding.ok("hot-path", "Media goes the fast way: " + path.get() + ".");
        }
        boolean wanted = subject.config().hotPath() == HotPath.JAVA;
        return Finding.warn("hot-path", "Media goes the slower way: " + path.get() + ".",
                wanted ? "--hot-path java says so." : "The fast way needs Linux, libcrypto 3 and permission to use them.",
                wanted ? "Leave --hot-path away." : "Install OpenSSL 3 (\"apt-get install libssl3\"); a few rooms work without.");
    }
}
