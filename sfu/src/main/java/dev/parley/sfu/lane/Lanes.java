package dev.parley.sfu.lane;

import dev.parley.sfu.LaneStats;
import dev.parley.sfu.TcpStats;
import dev.parley.sfu.udp.KernelSteering;
import dev.parley.sfu.udp.Steering;
import dev.parley.sfu.udp.UdpPort;
import java.lang.foreign.Arena;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The running lanes of an SFU, one for each port: all ports have the same number, and the kernel gives each remote address
 * to one of them, which it is told where it can be ({@link KernelSteering}). Safe for use by any number of threads; calls
 * wait for the lane's answer.
 */
public final class Lanes implements AutoCloseable {
    /**
     * How often all lanes look at their mail until what one did has gone round: a router tells its transports' lanes, they
     * tell those of the consumers, and one of the transports may be moving.
     */
    private static final int ROUNDS = 3;

    private final List<Lane> lanes = new ArrayList<>();
    private final Arena arena;
    private final LaneGroup group;
    private final Optional<TcpPort> tcp;
    private final Clock clock;
    private final Optional<KernelSteering> steering;
    private final AtomicInteger next = new AtomicInteger();

    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    private Lanes(List<? extends UdpPort> ports, Optional<TcpPort> tcp, Clock clock, LaneSettings settings) {
        this.tcp = tcp;
        arena = Arena.ofShared();
        this.clock = clock;
        steering = ports.size() == 1 ? Optional.empty() : KernelSteering.start(ports.getFirst()::steer);
        group = new LaneGroup(ports.size(), arena, steering.isPresent() ? steering.get() : Steering.NONE);
        var epoch = clock.epochNanos() - clock.nanos();
        for (var port : ports) {
            lanes.add(new Lane(
                    port,
                    clock,
                    "parley-lane-" + lanes.size(),
                    (out, scratch) -> new LaneCore(group, settings, new SecureRandom(), out, scratch, epoch)));
        }
    }

    /** Starts a lane for each UDP socket, and what serves TCP; they own the ports from now on. */
    public static Lanes start(MediaPorts ports, Clock clock, LaneSettings settings) {
        var lanes = new Lanes(ports.udp(), ports.tcp(), clock, settings);
        ports.tcp().ifPresent(port -> port.start(lanes.group, clock));
        lanes.lanes.forEach(Lane::start);
        return lanes;
    }

    /** How many there are. */
    public int size() {
        return lanes.size();
    }

    /** The UDP port in use. */
    public int port() {
        return lanes.getFirst().port();
    }

    /** The counters of each lane, in order, without stopping them. */
    public List<LaneStats> stats() {
        return lanes.stream().map(Lane::stats).toList();
    }

    /** What came and went over TCP, if it is served. */
    public Optional<TcpStats> tcpStats() {
        return tcp.map(TcpPort::stats);
    }

    /** One lane's core; only what it says to be readable from other threads may be used of it. */
    public LaneCore core(int index) {
        return lanes.get(index).core();
    }

    /** The lane for a new router. */
    public Homed forRouter() {
        return resident(group.followsLanding() ? inTurn() : Placement.forRoom(loads()));
    }

    /** The lane for a new transport of a router. Where the kernel decides in the end, each in turn. */
    public Homed near(Homed router) {
        return resident(group.followsLanding() ? inTurn() : Placement.inRoom(loads(), router.home().index()));
    }

    private double[] loads() {
        var now = clock.nanos();
        return lanes.stream().mapToDouble(lane -> Placement.load(lane.core(), now)).toArray();
    }

    private int inTurn() {
        return Math.floorMod(next.getAndIncrement(), lanes.size());
    }

    private Homed resident(int lane) {
        return new Resident(lanes.get(lane).core());
    }

    /**
     * Runs a command on the lane where something lives and waits for its answer. Throws what the command threw, or {@link
     * dev.parley.sfu.SfuException} {@code closed} or {@code timeout}.
     */
    public <T> T call(Homed about, Command<T> command) {
        return post(about, command).await();
    }

    /** As {@link #call}, for a command without an answer. */
    public void run(Homed about, Action action) {
        call(about, (core, now) -> {
            action.run(core, now);
            return Boolean.TRUE;
        });
    }

    /** As {@link #run}, and waits until the lanes of the consumers have seen what became of their producers. */
    public void runAndTell(Homed about, Action action) {
        run(about, action);
        tell(1);
    }

    /** As {@link #run}, and waits until what it did on other lanes is done, too. */
    public void runEverywhere(Homed about, Action action) {
        run(about, action);
        tell(ROUNDS);
    }

    private void tell(int rounds) {
        for (var round = 0; round < rounds && lanes.size() > 1; round++) {
            var calls = lanes.stream()
                    .map(lane -> post(new Resident(lane.core()), (core, now) -> core.takeMail(now)))
                    .toList();
            calls.forEach(Call::await);
        }
    }

    private <T> Call<T> post(Homed about, Command<T> command) {
        var call = new Call<>(about, command, this::post);
        post(call, about.home());
        return call;
    }

    private void post(Call<?> call, LaneCore to) {
        lanes.get(to.index()).post(call);
    }

    /** Closes everything, frees the port and waits until the threads have ended. */
    @Override
    public void close() {
        steering.ifPresent(KernelSteering::close);
        lanes.forEach(Lane::end);
        lanes.forEach(Lane::join);
        tcp.ifPresent(TcpPort::close);
        // A thread that does not end (or that calls this) goes on using it: then it is never freed.
        if (lanes.stream().allMatch(Lane::hasEnded) && tcp.stream().allMatch(TcpPort::hasEnded) && arena.scope().isAlive()) {
            arena.close();
        }
    }

    /** What needs a lane and is bound to no transport. */
    private record Resident(LaneCore home) implements Homed {
        @Override
        public boolean isOn(LaneCore lane) {
            return lane == home;
        }
    }
}
