package dev.parley.server.admin;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process and its JVM. A figure that the machine does not tell is −1.
 *
 * @param pid its id
 * @param cpuSeconds processor time, all threads
 * @param residentBytes physical memory in use
 * @param heapUsedBytes of the Java heap, garbage included
 * @param heapCommittedBytes of the Java heap
 * @param heapMaxBytes of the Java heap
 * @param otherUsedBytes of classes, compiled code and the like
 * @param bufferBytes in direct buffers
 * @param threads platform threads now
 * @param openFiles file descriptors, sockets included
 * @param maxFiles how many there may be
 * @param collectors what each kind of collection and of pause took so far
 */
public record ProcessStats(
        long pid,
        double cpuSeconds,
        long residentBytes,
        long heapUsedBytes,
        long heapCommittedBytes,
        long heapMaxBytes,
        long otherUsedBytes,
        long bufferBytes,
        int threads,
        long openFiles,
        long maxFiles,
        List<Collector> collectors) {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final Path STATUS = Path.of("/proc/self/status");

    /**
     * One kind of collection, or of pause, as the JVM names it.
     *
     * @param name such as {@code ZGC Minor Pauses}
     * @param count how often
     * @param seconds how long together
     */
    public record Collector(String name, long count, double seconds) {}

    /** This process now. */
    static ProcessStats now() {
        var memory = ManagementFactory.getMemoryMXBean();
        var heap = memory.getHeapMemoryUsage();
        var system = ManagementFactory.getOperatingSystemMXBean();
        var unix = system instanceof UnixOperatingSystemMXBean found ? found : null;
        var collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(bean -> new Collector(
                        bean.getName(), bean.getCollectionCount(), bean.getCollectionTime() / MILLIS))
                .toList();
        return new ProcessStats(
                ProcessHandle.current().pid(),
                unix == null ? -1 : unix.getProcessCpuTime() / NANOS,
                resident(),
                heap.getUsed(),
                heap.getCommitted(),
                heap.getMax(),
                memory.getNonHeapMemoryUsage().getUsed(),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                unix == null ? -1 : unix.getOpenFileDescriptorCount(),
                unix == null ? -1 : unix.getMaxFileDescriptorCount(),
                collectors);
    }

    /** Linux alone tells, in a line such as {@code VmRSS:   123456 kB}. */
    private static long resident() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
