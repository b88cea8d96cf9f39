package dev.parley.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/** The machine that the doctor runs on. */
final class ThisMachine implements Machine {
    private static final Path RECEIVE_LIMIT = Path.of("/proc/sys/net/core/rmem_max");

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public OptionalLong receiveBufferLimit() {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(RECEIVE_LIMIT).strip()));
        } catch (IOException | NumberFormatException notLinux) {
            return OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong fileDescriptorLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? OptionalLong.of(unix.getMaxFileDescriptorCount())
                : OptionalLong.empty();
    }

    @Override
    public long freeSpace(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }
}
