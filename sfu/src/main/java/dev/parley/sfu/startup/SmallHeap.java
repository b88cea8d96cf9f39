package dev.parley.sfu.startup;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.udp.MediaPath;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import javax.management.NotificationEmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ZGC collect before the heap has become large, for the Java path, whose ciphers make more than a kilobyte of
 * garbage for each packet.
 *
 * <p>ZGC collects young objects when the heap is about to become full: with gigabytes to fill, a lane would write each
 * packet's garbage to memory that the process never touched, and have the kernel find and clear a page for every three
 * packets. That cost up to a third of the lane's time. With a goal for the heap's size it collects every few seconds,
 * in a few milliseconds, and the lane uses the same memory again.
 *
 * <p>The goal is twice what was left after a collection, so it grows with what is in use. It is none where another
 * collector runs, or where the operator has set one ({@code -XX:SoftMaxHeapSize}).
 */
public final class SmallHeap {
    private static final Logger LOG = LoggerFactory.getLogger(SmallHeap.class);
    private static final String GOAL = "SoftMaxHeapSize";
    /** Bytes; at 30 MB of garbage a second, which 24,000 packets make, a collection every five seconds or so. */
    static final long LEAST = 256L << 20;

    private static boolean kept;

    private final HotSpotDiagnosticMXBean vm;
    private final long most = Runtime.getRuntime().maxMemory();
    private long goal;

    private SmallHeap(HotSpotDiagnosticMXBean vm) {
        this.vm = vm;
    }

    /** Does so from now on if this path is the Java path; once a process. */
    public static synchronized void keepFor(MediaPath path) {
        if (path.srtp() != SrtpProvider.JAVA || kept) {
            return;
        }
        kept = true;
        try {
            var vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (vm != null && isWanted(vm)) {
                new SmallHeap(vm).start();
            }
        } catch (IllegalArgumentException unknownOption) {
            LOG.debug("This virtual machine has no goal for the heap's size: {}", unknownOption.toString());
        }
    }

    private static boolean isWanted(HotSpotDiagnosticMXBean vm) {
        var origin = vm.getVMOption(GOAL).getOrigin();
        return Boolean.parseBoolean(vm.getVMOption("UseZGC").getValue())
                && (origin == Origin.DEFAULT || origin == Origin.ERGONOMIC);
    }

    private void start() {
        aimAt(0);
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (isOfCycles(collector) && collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, nothing) -> collected(), null, null);
            }
        }
    }

    /** The others tell of pauses, of which a cycle has several. */
    private static boolean isOfCycles(GarbageCollectorMXBean collector) {
        return collector.getName().endsWith("Cycles");
    }

    /** On the JVM's thread for notifications. */
    private void collected() {
        aimAt(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private synchronized void aimAt(long used) {
        var wanted = goal(used, most);
        if (wanted != goal) {
            goal = wanted;
            vm.setVMOption(GOAL, Long.toString(wanted));
        }
    }

    /** The goal for a heap of which so many bytes are in use and which may have so many at most. */
    static long goal(long used, long most) {
        return Math.min(most, Math.max(LEAST, 2 * used));
    }
}
