package dev.parley.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/** The machine that the doctor runs on. */
final class ThisMachine implements Machine {
    private static final int WANTED_BUFFER = 4 << 20;

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public OptionalLong receiveBufferLimit() {
        // Asking for what the media port asks for shows what the kernel grants, which its settings only hint at.
        try (var socket = new DatagramSocket(null)) {
            socket.setReceiveBufferSize(WANTED_BUFFER);
            return OptionalLong.of(socket.getReceiveBufferSize());
        } catch (SocketException e) {
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
