package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the kernel deliver the datagrams of an address to the lane where its transport lives. Lanes tell which address
 * is whose; a thread of its own translates that into a {@link SteeringProgram} and hands it to the kernel, 20 times a
 * second at most. Until then, and wherever the program errs, datagrams are handed over. As long as everybody lives on
 * the first lane, the program says just that and never changes.
 */
public final class KernelSteering implements Steering, AutoCloseable {
    /** What takes a program; false when it does not. */
    @FunctionalInterface
    public interface Kernel {
        /** Takes a program of classic BPF, an instruction a word, for all sockets of the port. */
        boolean accept(long[] program);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Steering.class);
    private static final long PAUSE_MILLIS = 50;

    private final Kernel kernel;
    private final ConcurrentHashMap<Integer, Integer> lanes = new ConcurrentHashMap<>();
    private final Semaphore changed = new Semaphore(0);
    private final Thread thread;
    private long[] current = SteeringProgram.compile(new int[1], new int[1]);
    private volatile boolean full;
    private volatile boolean closed;

    private KernelSteering(Kernel kernel) {
        this.kernel = kernel;
        thread = Thread.ofPlatform().name("parley-steering").daemon(true).unstarted(this::run);
    }

    /** Tries the kernel with the program that sends all to the first lane. @return nothing when it does not take it */
    public static Optional<KernelSteering> start(Kernel kernel) {
        var steering = new KernelSteering(kernel);
        if (!kernel.accept(steering.current)) {
            return Optional.empty();
        }
        steering.thread.start();
        return Optional.of(steering);
    }

    @Override
    public void belongs(TransportAddress source, int lane) {
        var before = lanes.put(SteeringProgram.key(source), lane);
        if (before == null || before != lane) {
            changed.release();
        }
    }

    @Override
    public void forget(TransportAddress source, int lane) {
        if (lanes.remove(SteeringProgram.key(source), lane)) {
            changed.release();
        }
    }

    @Override
    public boolean isFull() {
        return full;
    }

    private void run() {
        try {
            while (!closed) {
                changed.acquire();
                changed.drainPermits();
                apply();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply() {
        // key 32 | lane 32, the key with its highest bit turned, so that the order is that of unsigned keys.
        var entries = lanes.entrySet().stream()
                .mapToLong(entry -> (long) (entry.getKey() ^ Integer.MIN_VALUE) << 32 | entry.getValue())
                .sorted()
                .toArray();
        var firsts = new int[entries.length + 1];
        var owners = new int[entries.length + 1];
        var runs = 0;
        for (var entry : entries) {
            var lane = (int) entry;
            if (runs == 0 || owners[runs - 1] != lane) {
                firsts[runs] = (int) (entry >> 32) ^ Integer.MIN_VALUE;
                owners[runs++] = lane;
            }
        }
        var tooMany = runs > SteeringProgram.MAX_RUNS;
        if (tooMany && !full) {
            LOG.info("More addresses than the kernel is told about: new transports live on the lanes it chooses");
        }
        full = tooMany;
        if (tooMany) {
            return;
        }
        var count = Math.max(1, runs);
        var program = SteeringProgram.compile(Arrays.copyOf(firsts, count), Arrays.copyOf(owners, count));
        if (!Arrays.equals(program, current) && !closed) {
            if (kernel.accept(program)) {
                current = program;
            } else {
                full = true;
                LOG.warn("The kernel refused {} runs of addresses: transports live on the lanes it chooses", count);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
