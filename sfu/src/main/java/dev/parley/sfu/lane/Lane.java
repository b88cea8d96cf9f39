package dev.parley.sfu.lane;

import dev.parley.sfu.LaneStats;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread with its socket and the {@link LaneCore} that runs on it. The thread turns:
 *
 * <pre>
 *   read the clock ─► commands ─► receive a batch ─► process ─► fan out ─► timers ─► send the batch ─► idle? wait
 * </pre>
 *
 * What came in during a turn has left when the turn ends. It waits only when a turn brought neither datagram nor
 * command; a datagram, the next timer or a command wakes it.
 */
public final class Lane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH = 256;
    private static final int COMMANDS = 4_096;
    /** Commands a turn, so that a burst of them cannot hold media up. */
    private static final int COMMANDS_PER_TURN = 32;
    private static final int FAILURES_A_LINE = 1_000;
    private static final long FAILURE_PAUSE_NANOS = 1_000_000;
    private static final Duration ANSWER = Duration.ofSeconds(5);

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
    private final CommandQueue<Pending<?>> commands = new CommandQueue<>(COMMANDS);
    private final TurnMeter meter = new TurnMeter();
    private final Thread thread;
    private int failures;
    private volatile boolean closed;
    private volatile boolean sleeping;

    @SuppressWarnings("MustBeClosedChecker") // closed by the thread when it ends
    private Lane(UdpPort port, Clock clock, CoreMaker makeCore, String name) {
        this.port = port;
        this.clock = clock;
        arena = Arena.ofShared();
        in = new InBatch(BATCH, arena);
        out = new OutBatch(BATCH * 2, arena, port::send);
        core = makeCore.make(out, arena.allocate(InBatch.SLOT, 64));
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /** Starts the thread. The lane owns the port from now on. */
    public static Lane start(UdpPort port, Clock clock, String name, CoreMaker makeCore) {
        var lane = new Lane(port, clock, makeCore, name);
        lane.thread.start();
        return lane;
    }

    /** The UDP port in use. */
    public int port() {
        return port.port();
    }

    /** Its counters, without stopping it; from any thread. @param number the lane's number, from 0 */
    public LaneStats stats(int number) {
        var counts = core.counts();
        var socket = port.stats();
        var drops = StatsReports.drops(core.drops());
        if (socket.packetsRefused() > 0) {
            drops.merge(StatsReports.name(Drop.SEND_REFUSED), socket.packetsRefused(), Long::sum);
        }
        return new LaneStats(
                number,
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
                socket);
    }

    /** The core; only what it says to be readable from other threads may be used of it. */
    public LaneCore core() {
        return core;
    }

    /**
     * Runs a command on the lane and waits for its answer. Throws what the command threw, or {@link SfuException}
     * {@code closed} or {@code timeout}.
     */
    public <T> T call(Command<T> command) {
        if (Thread.currentThread() == thread) {
            return command.run(core, clock.nanos());
        }
        var pending = post(command);
        try {
            return pending.answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SfuException known
                    ? new SfuException(known.code(), String.valueOf(known.getMessage()), known)
                    : new SfuException("internal", "The SFU failed to do this; the log has the cause.", e);
        } catch (TimeoutException e) {
            throw new SfuException(
                    "timeout",
                    "The SFU did not answer within " + ANSWER.toSeconds() + " s: it is overloaded, try again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SfuException("timeout", "The calling thread was interrupted while it waited for the SFU.", e);
        }
    }

    /** As {@link #call}, for a command without an answer. */
    public void run(Action action) {
        call((onCore, now) -> {
            action.run(onCore, now);
            return Boolean.TRUE;
        });
    }

    private <T> Pending<T> post(Command<T> command) {
        if (closed) {
            throw closedError();
        }
        var pending = new Pending<>(command);
        if (!commands.offer(pending)) {
            throw new SfuException("timeout", "The SFU has too many calls waiting: it is overloaded, try again.");
        }
        if (sleeping) {
            port.wakeUp();
        }
        // The lane may have ended between the check and the offer: then nobody else will answer.
        if (closed && !thread.isAlive()) {
            refuseCommands();
        }
        return pending;
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
            closed = true;
            port.close();
            refuseCommands();
            arena.close();
        }
    }

    /** One bad turn must not end everybody's meeting; one after the other must not fill the disk with logs either. */
    private void turnFailed(Throwable bug) {
        out.clear();
        if (failures++ % FAILURES_A_LINE == 0) {
            LOG.error("A turn of {} failed", thread.getName(), bug);
        }
        LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
    }

    private void turn() {
        var now = clock.nanos();
        meter.begin(now);
        var commandsDone = runCommands(now);
        var received = port.receive(in);
        core.receive(now, in);
        core.timeouts(now);
        port.send(out);
        meter.did(received, commandsDone, out.datagrams());
        if (received == 0 && commandsDone == 0) {
            idle();
        }
    }

    private void idle() {
        // Set before the last look at the queue: whoever offers later sees it and wakes us.
        sleeping = true;
        if (commands.isEmpty() && !closed) {
            var now = clock.nanos();
            meter.end(now);
            port.await(core.nextTimeout() - now);
        }
        sleeping = false;
    }

    private int runCommands(long now) {
        var done = 0;
        while (done < COMMANDS_PER_TURN) {
            var pending = commands.poll();
            if (pending == null) {
                break;
            }
            pending.run(core, now);
            done++;
        }
        return done;
    }

    private synchronized void refuseCommands() {
        for (var pending = commands.poll(); pending != null; pending = commands.poll()) {
            pending.answer.completeExceptionally(closedError());
        }
    }

    private static SfuException closedError() {
        return new SfuException("closed", "The SFU is closed: start another one.");
    }

    /** Closes everything on the lane, frees the port and waits until the thread has ended. */
    @Override
    public void close() {
        closed = true;
        port.wakeUp();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Pending<T> {
        private final Command<T> command;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        Pending(Command<T> command) {
            this.command = command;
        }

        void run(LaneCore core, long now) {
            try {
                answer.complete(command.run(core, now));
            } catch (RuntimeException | Error e) {
                if (!(e instanceof SfuException)) {
                    LOG.error("A call failed", e);
                }
                answer.completeExceptionally(e);
            }
        }
    }
}
