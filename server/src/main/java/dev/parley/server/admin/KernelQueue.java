package dev.parley.server.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What waits in, and was lost at, the kernel's sockets of a UDP port. Lost there is what came faster than the lanes
 * took it. Linux alone tells; elsewhere both are 0.
 *
 * @param receiveBytes waiting to be received, in the kernel's accounting (more than the payload)
 * @param packetsDropped since the sockets were opened, since their receive buffers were full
 */
public record KernelQueue(long receiveBytes, long packetsDropped) {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final int QUEUES = 4;
    private static final int DROPS = 12;

    /** The sockets of a port now. */
    static KernelQueue of(int port) {
        long bytes = 0;
        long drops = 0;
        for (var table : TABLES) {
            try {
                var part = parse(Files.readAllLines(table), port);
                bytes += part.receiveBytes();
                drops += part.packetsDropped();
            } catch (IOException notLinux) {
                // Then nobody knows.
            }
        }
        return new KernelQueue(bytes, drops);
    }

    /**
     * The lines of {@code /proc/net/udp}: the columns are separated by blanks, the second is the local address
     * {@code 0100007F:9C40}, the fifth the queues {@code tx:rx} (hexadecimal), the last the drops.
     */
    static KernelQueue parse(List<String> lines, int port) {
        var local = String.format(Locale.ROOT, ":%04X", port);
        long bytes = 0;
        long drops = 0;
        for (var line : lines) {
            var columns = line.strip().split("\\s+");
            if (columns.length > DROPS && columns[LOCAL_ADDRESS].endsWith(local)) {
                bytes += Long.parseLong(columns[QUEUES].substring(columns[QUEUES].indexOf(':') + 1), 16);
                drops += Long.parseLong(columns[DROPS]);
            }
        }
        return new KernelQueue(bytes, drops);
    }
}
