package dev.parley.loadtest.media;

import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.lane.Timers;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.udp.PosixUdpGroup;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that carries the media of many people. It turns: what others ask for, what has arrived, what is due, and
 * then it waits. Nothing is locked, and nothing is allocated per packet.
 */
public final class MediaLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);
    private static final int BATCH = 512;
    private static final long LONGEST_WAIT = 100_000_000;
    private static final long MOST_SLACK = 250_000;
    /**
     * Datagrams that may wait for the others of a turn: they are sealed in less time than a system call for each takes.
     */
    private static final int TOGETHER = 16;

    /**
     * What all media threads of a test have in common.
     *
     * @param test its seed
     * @param loss share of datagrams that is lost on purpose, each way, 0–1
     * @param srtp the ciphers
     * @param certificate with which all people identify themselves
     * @param patience how long a loss may be repaired, ns
     * @param interval how long datagrams may gather before they are looked at, ns; 0 to look at once
     * @param share whether transports to a server on this machine share sockets
     */
    public record Setup(
            long test,
            double loss,
            SrtpProvider srtp,
            DtlsCertificate certificate,
            long patience,
            long interval,
            boolean share) {}

    private final Setup setup;
    /** By how much what is due may happen too early, so that this thread wakes less often. */
    private final long slack;

    private final PosixUdpGroup group;
    private final Arena arena = Arena.ofShared();
    private final InBatch in = new InBatch(BATCH, arena);
    private final OutBatch out;
    private final MemorySegment scratch = arena.allocate(4_096, 64);
    private final Timers timers = new Timers();
    private final Payload payload;
    private final SplittableRandom luck;
    private final SecureRandom random = new SecureRandom();
    private final Traffic traffic = new Traffic();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final long wallClockAtZero;
    private Delays delays = new Delays();
    private @Nullable MediaTransport[] transports = new MediaTransport[64];
    private long now = System.nanoTime();
    private long lastLook;
    private boolean more;
    private int connecting;
    private long arrivedAt;
    private volatile boolean sleeping;
    private volatile boolean closed;
    private volatile boolean ended;

    private MediaLoop(Setup setup, String name, int number, PosixUdpGroup group) {
        this.setup = setup;
        slack = Math.min(setup.interval() / 4, MOST_SLACK);
        this.group = group;
        out = new OutBatch(BATCH, arena, group::send);
        payload = new Payload(setup.test());
        luck = new SplittableRandom(setup.test() * 31 + number);
        wallClockAtZero = System.currentTimeMillis() * 1_000_000 - now;
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /**
     * Starts a thread.
     *
     * @param number among all threads of a test
     * @throws UncheckedIOException when the system gives no more descriptors
     */
    public static MediaLoop start(Setup setup, String name, int number) {
        try {
            var loop = new MediaLoop(setup, name, number, new PosixUdpGroup());
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something on the thread, soon. */
    public void post(Runnable task) {
        tasks.add(task);
        if (sleeping) {
            group.wakeUp();
        }
        if (ended) {
            runTasks();
        }
    }

    private synchronized boolean runTasks() {
        boolean any = false;
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            any = true;
        }
        return any;
    }

    /** Does something on the thread, and waits for what comes of it. */
    public <T> T call(Supplier<T> task) {
        var answer = new CompletableFuture<T>();
        post(() -> {
            try {
                answer.complete(task.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.join();
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    turn();
                } catch (RuntimeException bug) {
                    LOG.error("A turn of {} failed", thread.getName(), bug);
                    out.clear();
                }
            }
            for (var transport : transports) {
                if (transport != null) {
                    transport.close(now);
                }
            }
        } finally {
            group.close();
            arena.close();
            // Whoever still asks is told that it is too late, by what he asks for failing.
            ended = true;
            runTasks();
        }
    }

    private void turn() {
        now = System.nanoTime();
        boolean busy = runTasks();
        int received = look() ? group.receive(in) : 0;
        more = received == BATCH;
        if (received > 0) {
            now = System.nanoTime();
        }
        for (int i = 0; i < received; i++) {
            int end = in.local(i);
            var transport = end < 0 ? null : transports[end];
            if (transport != null) {
                arrivedAt = group.arrivedAt(i);
                transport.receive(now, in.source(i), in.memory(), in.offset(i), in.length(i));
            }
        }
        timers.run(now + slack);
        flush();
        if (received == 0 && !busy) {
            idle();
        }
    }

    private boolean look() {
        if (now - lastLook < interval() && !more) {
            return false;
        }
        lastLook = now;
        return true;
    }

    /** Whoever connects waits for answers: then nothing gathers. */
    private long interval() {
        return connecting > 0 ? 0 : setup.interval();
    }

    private void idle() {
        // Set before the last look at the queue: whoever adds later sees it and wakes us.
        sleeping = true;
        if (tasks.isEmpty() && !closed) {
            long clock = System.nanoTime();
            long timer = Math.min(LONGEST_WAIT, timers.next() - clock);
            long gathering = lastLook + interval() - clock;
            if (gathering > 0) {
                group.pause(Math.min(timer, gathering));
            } else {
                group.await(timer);
            }
        }
        sleeping = false;
    }

    // ---- for transports, on the thread

    /**
     * Makes a transport with a socket on a local address.
     *
     * @param near whether the server is on this machine: then the socket may be one that others use too
     */
    MediaTransport open(InetAddress local, boolean near, IntFunction<MediaTransport> maker) {
        try {
            int socket = near ? group.openOnLoopback() : group.open(local);
            if (socket >= transports.length) {
                transports = Arrays.copyOf(transports, Math.max(socket + 1, 2 * transports.length));
            }
            var transport = maker.apply(socket);
            transports[socket] = transport;
            return transport;
        } catch (IOException e) {
            throw new MediaException("No more sockets (" + e.getMessage()
                    + "): raise the limit of open files (ulimit -n).");
        }
    }

    /** A transport begins to connect (1), or has ended that one way or the other (−1). */
    void connecting(int change) {
        connecting += change;
    }

    void release(int socket) {
        transports[socket] = null;
        group.close(socket);
    }

    /** Sends bytes, unless the imitation loses them. */
    void send(TransportAddress to, int socket, byte[] datagram) {
        if (!loses()) {
            out.add(to, socket, datagram);
        }
    }

    /** Queues the datagram in the claimed slot. @return false when the imitation lost it */
    boolean commit(TransportAddress to, int socket, int length) {
        if (loses()) {
            return false;
        }
        out.commit(to, socket, length);
        return true;
    }

    boolean loses() {
        if (setup.loss() == 0 || luck.nextDouble() >= setup.loss()) {
            return false;
        }
        traffic.imitatedLosses++;
        return true;
    }

    /** Lets go what waits, if it is enough for a system call. */
    void flushMany() {
        if (out.count() >= TOGETHER) {
            flush();
        }
    }

    void flush() {
        if (out.count() > 0) {
            group.send(out);
        }
    }

    /** When the datagram that is being looked at reached its socket. */
    long arrivedAt() {
        return arrivedAt;
    }

    void delayed(long nanos) {
        delays.record(nanos);
    }

    long wallClock(long at) {
        return wallClockAtZero + at;
    }

    long now() {
        return now;
    }

    Timers timers() {
        return timers;
    }

    OutBatch out() {
        return out;
    }

    MemorySegment scratch() {
        return scratch;
    }

    Payload payload() {
        return payload;
    }

    Traffic traffic() {
        return traffic;
    }

    SecureRandom random() {
        return random;
    }

    SrtpProvider srtp() {
        return setup.srtp();
    }

    DtlsCertificate certificate() {
        return setup.certificate();
    }

    // ---- figures, from any thread

    /** What went through so far. */
    public Traffic trafficSoFar() {
        return call(traffic::copy);
    }

    /** The delays since the last time this was asked. */
    public Delays takeDelays() {
        return call(() -> {
            var taken = delays;
            delays = new Delays();
            return taken;
        });
    }

    /** How many sockets there are. */
    public int sockets() {
        return call(group::sockets);
    }

    /** How many datagrams the sockets refused. */
    public long refused() {
        return call(group::refused);
    }

    /** Ends the thread and closes everything on it. */
    @Override
    public void close() {
        closed = true;
        group.wakeUp();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
