package dev.parley.sfu.lane;

import dev.parley.sfu.LaneStats;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.udp.UdpPort;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread with its socket and the {@link LaneCore} that runs on it. The thread turns:
 *
 * <pre>
 *   read the clock ─► other lanes' mail ─► commands ─► receive a batch ─► process ─► tell other lanes ─► fan out
 *        ▲                                                                                                 │
 *        └──── wait, if nothing was to do ◄──── send the batch ◄──── timers ◄──────────────────────────────┘
 * </pre>
 *
 * What came in during a turn has left when the turn ends. Between turns it waits for a datagram, the next timer, another
 * lane or a command, unless a turn left some of them over.
 */
public final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH = 256;
    private static final int COMMANDS = 4_096;
    /** Commands a turn, so that a burst of them cannot hold media up. */
    private static final int COMMANDS_PER_TURN = 32;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int FAILURES_A_LINE = 1_000;
    private static final long FAILURE_PAUSE_NANOS = 1_000_000;

    /** Makes the core of a lane. */
    @FunctionalInterface
    public interface CoreMaker {
        /** As {@link LaneCore}'s constructor takes them. */
        LaneCore make(OutBatch out, MemorySegment scratch);
    }

    private final UdpPort port;
    private final Clock clock;
    private final LaneCore core;
    private final Arena arena;
    private final InBatch in;
    private final OutBatch out;
    private final CommandQueue<Call<?>> commands = new CommandQueue<>(COMMANDS);
    private final TurnMeter meter = new TurnMeter();
    private final Thread thread;
    private int failures;
    private long turnBegan;
    private long turnEnded;
    /** How long it waited before the running turn. */
    private long waitedNanos;
    private boolean waited = true;
    private volatile boolean closed;
    private final AtomicBoolean sleeping = new AtomicBoolean();

    /** A lane that does nothing before {@link #start} or {@link #turn}; the port is its own from now on. */
    @SuppressWarnings("MustBeClosedChecker") // closed by the thread when it ends
    public Lane(UdpPort port, Clock clock, String name, CoreMaker makeCore) {
        this.port = port;
        this.clock = clock;
        arena = Arena.ofShared();
        in = new InBatch(BATCH, arena);
        out = new OutBatch(BATCH * 2, arena, port::send);
        core = makeCore.make(out, arena.allocate(InBatch.SLOT, 64));
        core.mail().wakeWith(this::wake);
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /**
     * Starts the thread, which owns the port from now on. Who does not start it may call {@link #turn} instead, and at last
     * {@link #free}, as the rehearsals before the start do.
     */
    void start() {
        thread.start();
    }

    /** The UDP port in use. */
    public int port() {
        return port.port();
    }

    /** Its counters, without stopping it; from any thread. */
    LaneStats stats() {
        var counts = core.counts();
        var socket = port.stats();
        var drops = StatsReports.drops(core.drops());
        if (socket.packetsRefused() > 0) {
            drops.merge(StatsReports.name(Drop.SEND_REFUSED), socket.packetsRefused(), Long::sum);
        }
        return new LaneStats(
                core.index(),
                counts.transports(),
                counts.producers(),
                counts.consumers(),
                counts.handshakes(),
                counts.packetsReceived(),
                counts.bytesReceived(),
                out.datagrams(),
                out.bytes(),
                drops,
                meter.busyNanos(),
                ThreadTime.cpuNanos(thread),
                meter.turnNanos(),
                meter.receiveBatch(),
                meter.sendBatch(),
                meter.commands(),
                commands.size(),
                counts.handedOver(),
                counts.adopted(),
                counts.shedding(),
                socket);
    }

    /** The core; only what it says to be readable from other threads may be used of it. */
    public LaneCore core() {
        return core;
    }

    /** Whether this is the lane's own thread. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Queues a call; {@link Call} tells what comes of it. */
    void post(Call<?> call) {
        if (closed) {
            call.refuse(closedError());
            return;
        }
        if (!commands.offer(call)) {
            call.refuse(new SfuException(
                    "timeout", "The SFU has too many calls waiting: it is overloaded, try again."));
            return;
        }
        wake();
        // The lane may have ended between the check and the offer: then nobody else will answer.
        if (closed && !thread.isAlive()) {
            refuseCommands();
        }
    }

    /** The first who finds the thread asleep wakes it. */
    private void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            port.wakeUp();
        }
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    turn();
                    failures = 0;
                } catch (RuntimeException | Error bug) {
                    turnFailed(bug);
                }
            }
            core.close(clock.nanos());
            port.send(out);
        } finally {
            free();
        }
    }

    /** Frees what the lane has; afterwards nothing but {@link #stats} may be called. */
    public void free() {
        closed = true;
        port.close();
        refuseCommands();
        arena.close();
    }

    /** Ends the wait of the current turn or the next; from any thread. */
    public void wakeUp() {
        port.wakeUp();
    }

    /** One bad turn must not end everybody's meeting; one after the other must not fill the disk with logs either. */
    private void turnFailed(Throwable bug) {
        out.clear();
        if (failures++ % FAILURES_A_LINE == 0) {
            LOG.error("A turn of {} failed", thread.getName(), bug);
        }
        LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
    }

    /** One turn; its last act is to wait for the next one's reason. */
    public void turn() {
        var now = clock.nanos();
        if (!waited) {
            turned(now);
        }
        waitedNanos = waited ? now - turnEnded : 0;
        turnBegan = now;
        meter.begin(now);
        core.takeMail(now);
        var commandsDone = runCommands(now);
        var received = port.receive(in);
        core.receive(now, in);
        core.timeouts(now);
        port.send(out);
        meter.did(received, commandsDone, out.datagrams());
        waited = false;
        // A batch that did not fill up took all there was: asking again would most often be a call for nothing.
        if (received < BATCH && commandsDone < COMMANDS_PER_TURN) {
            idle();
        }
    }

    private void idle() {
        // Set before the last look at the queues: whoever leaves something later sees it and wakes us.
        sleeping.set(true);
        if (commands.isEmpty() && core.hasNoMail() && !closed) {
            var now = clock.nanos();
            meter.end(now);
            waited = true;
            turned(now);
            port.await(core.nextTimeout() - now);
        }
        sleeping.set(false);
    }

    private void turned(long now) {
        turnEnded = now;
        core.turned(now, now - turnBegan, waitedNanos);
    }

    private int runCommands(long now) {
        var done = 0;
        while (done < COMMANDS_PER_TURN) {
            var call = commands.poll();
            if (call == null) {
                break;
            }
            call.run(core, now);
            done++;
        }
        return done;
    }

    private synchronized void refuseCommands() {
        for (var call = commands.poll(); call != null; call = commands.poll()) {
            call.refuse(closedError());
        }
    }

    private static SfuException closedError() {
        return new SfuException("closed", "The SFU is closed: start another one.");
    }

    /** Begins to end: everything on the lane is closed, the port is freed, the thread ends. */
    void end() {
        closed = true;
        port.wakeUp();
    }

    /** Waits for the end. */
    void join() {
        if (isCurrent()) {
            return;
        }
        try {
            thread.join(ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the thread has ended. */
    boolean hasEnded() {
        return !thread.isAlive();
    }
}
