package dev.parley.loadtest;

import dev.parley.loadtest.media.MediaLoop;
import dev.parley.loadtest.media.MediaPool;
import dev.parley.loadtest.media.StreamResult;
import dev.parley.loadtest.media.Traffic;
import dev.parley.loadtest.report.GcLog;
import dev.parley.loadtest.report.ProcessMeter;
import dev.parley.loadtest.report.Result;
import dev.parley.loadtest.report.Spread;
import dev.parley.loadtest.report.Tally;
import dev.parley.loadtest.signalling.Person;
import dev.parley.loadtest.signalling.World;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays one scenario: all come, media flows and is measured, the last losses are repaired, all go. */
final class LoadTest {
    private static final long TICK_NANOS = 20_000_000;
    private static final long FLOW_NANOS = 15_000_000_000L;

    private final Scenario scenario;
    private final Map<String, String> options;
    private final long overflowsBefore = ProcessMeter.socketOverflows();
    private final Progress progress;
    private final Optional<ProcessMeter> server;
    private final ProcessMeter self = new ProcessMeter(ProcessHandle.current().pid());

    LoadTest(Scenario scenario, Map<String, String> options, Progress progress) {
        this.scenario = scenario;
        this.options = options;
        this.progress = progress;
        server = scenario.serverPid().isPresent()
                ? Optional.of(new ProcessMeter(scenario.serverPid().getAsLong()))
                : Optional.empty();
        if (server.isPresent() && !server.get().isReadable()) {
            throw new UsageException("There is no process %d here whose CPU time can be read: leave --server-pid out."
                    .formatted(scenario.serverPid().getAsLong()));
        }
    }

    /** Which packet of a sender's stream. */
    private record Source(int person, int stream) {}

    /** What was used and carried up to a moment. */
    private record Snapshot(
            long nanos,
            Traffic traffic,
            double ownCpu,
            double sendingCpu,
            double receivingCpu,
            double serverCpu,
            double laneCpu) {}

    /**
     * Plays it.
     *
     * @throws JoinException when somebody could not come
     */
    Result run() throws InterruptedException, IOException {
        var setup = new MediaLoop.Setup(
                scenario.seed(),
                scenario.loss(),
                scenario.ciphers(),
                DtlsCertificate.generate(new SecureRandom()),
                scenario.patience().toNanos(),
                scenario.interval().toNanos(),
                scenario.shareSockets());
        try (var media = new MediaPool(setup, scenario.threads());
                var world = new World(scenario.server(), media, scenario.sample(), scenario.seed())) {
            rehearse(world);
            return run(media, new Crowd(scenario, world));
        }
    }

    /** A few come, wait a moment and go: both programs load and compile what joining needs. */
    private void rehearse(World world) throws InterruptedException {
        var people = new Crowd(scenario, world, scenario.rehearsal());
        progress.phase("rehearsing");
        while (people.failures().isEmpty() && people.comeOne()) {
            people.settle();
        }
        sleepUntil(System.nanoTime() + (scenario.rehearsal() > 0 ? 500_000_000L : 0));
        people.leaveAll();
        joined(people, scenario.rehearsal());
    }

    private Result run(MediaPool media, Crowd crowd) throws InterruptedException, IOException {
        long residentBefore = server.flatMap(ProcessMeter::residentBytes).orElse(0L);
        try {
            come(crowd);
            awaitFlow(crowd);
            pass("settling", scenario.settle(), () -> {});
            var gc = gcLog();
            media.takeDelays();
            var before = snapshot(media);
            measure(crowd);
            var after = snapshot(media);
            var delays = media.takeDelays();
            var pauses = gc.isPresent() ? Optional.of(gc.get().pauses()) : Optional.<Result.Pauses>empty();
            crowd.settle();
            var marks = marks(crowd);
            repair(crowd, marks);
            var tally = tally(crowd, marks);
            var faults = new ArrayList<>(tally.faults(marks.isEmpty() && scenario.audio() == Scenario.Audio.MUTED));
            crowd.failures().stream().distinct().forEach(faults::add);
            crowd.everybody().forEach(person -> faults.addAll(person.failures()));
            var own = own(before, after, media);
            var serverUse = serverUse(before, after, residentBefore, crowd.present().size());
            return new Result(
                    options,
                    scenario.people(),
                    crowd.present().size(),
                    Spread.of(crowd.joinTimes()),
                    tally.firstPacket(),
                    Spread.of(delays),
                    rates(before, after),
                    tally.loss(media.traffic().imitatedLosses()),
                    tally.content(),
                    own,
                    serverUse,
                    serverUse.map(used -> Result.Margin.between(own, used)),
                    pauses,
                    List.copyOf(faults));
        } finally {
            progress.phase("leaving");
            crowd.leaveAll();
        }
    }

    private Optional<GcLog> gcLog() throws IOException {
        return scenario.gcLog().isPresent() ? Optional.of(new GcLog(scenario.gcLog().get())) : Optional.empty();
    }

    private void come(Crowd crowd) throws InterruptedException {
        int people = scenario.people();
        long start = System.nanoTime();
        progress.phase("%d people come".formatted(people));
        for (int i = 0; i < people && crowd.failures().isEmpty(); i++) {
            long due = start + scenario.ramp().toNanos() / people * i;
            sleepUntil(due);
            crowd.comeOne();
            progress.show("joining", (double) i / people, left(start, scenario.ramp()));
        }
        crowd.settle();
        progress.done();
        joined(crowd, people);
    }

    private static void joined(Crowd crowd, int people) {
        if (!crowd.failures().isEmpty()) {
            throw new JoinException("%d of %d people have joined, and then somebody could not. %s".formatted(
                    crowd.present().size(), people, crowd.failures().getFirst()));
        }
    }

    /** Waits until something has come of each stream, or nothing more will. */
    private void awaitFlow(Crowd crowd) throws InterruptedException {
        progress.phase("waiting for all streams");
        long end = System.nanoTime() + FLOW_NANOS;
        while (System.nanoTime() < end && !crowd.allFlows()) {
            sleepUntil(System.nanoTime() + 5 * TICK_NANOS);
        }
    }

    private void measure(Crowd crowd) throws InterruptedException {
        long start = System.nanoTime();
        var churn = new long[2];
        pass("measuring", scenario.duration(), () -> {
            double seconds = (System.nanoTime() - start) / 1e9;
            while (churn[0] < Math.floor(seconds * scenario.leaveRate())) {
                churn[0]++;
                crowd.leaveOne();
            }
            while (churn[1] < Math.floor(seconds * scenario.joinRate())) {
                churn[1]++;
                crowd.comeOne();
            }
        });
    }

    /** Lets a time pass, and does something every now and then. */
    private void pass(String what, Duration time, Runnable tick) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        progress.phase("%s for %s s".formatted(what, time.toMillis() / 1_000.0));
        boolean ticking = scenario.joinRate() + scenario.leaveRate() > 0;
        while (System.nanoTime() < end) {
            tick.run();
            progress.show(what, (double) (System.nanoTime() - start) / time.toNanos(), left(start, time));
            sleepUntil(Math.min(end, System.nanoTime() + (ticking ? TICK_NANOS : 25 * TICK_NANOS)));
        }
        progress.done();
    }

    private static Duration left(long start, Duration time) {
        var left = time.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    private Snapshot snapshot(MediaPool media) {
        return new Snapshot(
                System.nanoTime(),
                media.traffic(),
                self.cpuSeconds().orElse(0.0),
                self.threadSeconds(name -> name.startsWith(MediaPool.SENDING)),
                self.threadSeconds(name -> name.startsWith(MediaPool.RECEIVING)),
                server.flatMap(ProcessMeter::cpuSeconds).orElse(0.0),
                server.map(meter -> meter.threadSeconds(name -> name.startsWith("parley-lane"))).orElse(0.0));
    }

    /** What each stream that still flows had sent when the time of measuring was over: all of that must arrive. */
    private static Map<Source, Integer> marks(Crowd crowd) {
        var marks = new HashMap<Source, Integer>();
        for (var person : crowd.present()) {
            for (var stream : person.sending()) {
                marks.put(
                        new Source(person.number(), stream.stream().stream()), person.lastNumber(stream));
            }
        }
        return marks;
    }

    private static int mark(Map<Source, Integer> marks, StreamResult result) {
        return marks.getOrDefault(new Source(result.stream().sender(), result.stream().stream()), -1);
    }

    /**
     * Waits until everything up to the marks has come, or can come no more. Media flows on, so that the last gap shows.
     */
    private void repair(Crowd crowd, Map<Source, Integer> marks) throws InterruptedException {
        progress.phase("waiting for the last repairs");
        long end = System.nanoTime() + scenario.patience().toNanos() + 500_000_000L;
        while (System.nanoTime() < end && !complete(crowd, marks)) {
            sleepUntil(System.nanoTime() + 5 * TICK_NANOS);
        }
    }

    private static boolean complete(Crowd crowd, Map<Source, Integer> marks) {
        return crowd.present().stream()
                .flatMap(person -> person.receiving().stream())
                .allMatch(result -> !result.checked() || result.lastNumber() >= mark(marks, result));
    }

    private static Tally tally(Crowd crowd, Map<Source, Integer> marks) {
        var lostUpstream = new HashMap<Source, Long>();
        for (var person : crowd.everybody()) {
            for (var stream : person.sending()) {
                lostUpstream.put(new Source(person.number(), stream.stream().stream()), stream.imitatedLosses());
            }
        }
        var tally = new Tally();
        for (Person person : crowd.everybody()) {
            for (var result : person.ended()) {
                add(tally, result, -1, lostUpstream);
            }
            for (var result : person.receiving()) {
                add(tally, result, mark(marks, result), lostUpstream);
            }
        }
        return tally;
    }

    private static void add(Tally tally, StreamResult result, int mark, Map<Source, Long> lostUpstream) {
        var source = new Source(result.stream().sender(), result.stream().stream());
        tally.add(result, mark, lostUpstream.getOrDefault(source, 0L));
    }

    private static Result.Rates rates(Snapshot before, Snapshot after) {
        double seconds = (after.nanos - before.nanos) / 1e9;
        var traffic = between(before, after);
        return new Result.Rates(
                seconds,
                traffic.sentPackets() / seconds,
                traffic.receivedPackets() / seconds,
                8e-6 * traffic.sentBytes() / seconds,
                8e-6 * traffic.receivedBytes() / seconds);
    }

    private static Traffic between(Snapshot before, Snapshot after) {
        var traffic = after.traffic.copy();
        traffic.add(before.traffic, -1);
        return traffic;
    }

    private Result.Own own(Snapshot before, Snapshot after, MediaPool media) {
        var traffic = between(before, after);
        double sending = after.sendingCpu - before.sendingCpu;
        double receiving = after.receivingCpu - before.receivingCpu;
        return new Result.Own(
                after.ownCpu - before.ownCpu,
                sending,
                receiving,
                perSecond(traffic.sentPackets() + traffic.resentPackets(), sending),
                perSecond(traffic.receivedPackets(), receiving),
                media.sockets(),
                media.refused(),
                ProcessMeter.socketOverflows() - overflowsBefore);
    }

    private Optional<Result.Server> serverUse(Snapshot before, Snapshot after, long residentBefore, int people) {
        return server.map(meter -> {
            long forwarded = between(before, after).receivedPackets();
            double cpu = after.serverCpu - before.serverCpu;
            double lanes = after.laneCpu - before.laneCpu;
            long resident = meter.residentBytes().orElse(0L);
            return new Result.Server(
                    cpu,
                    cpu * 1e9 / (after.nanos - before.nanos),
                    perSecond(forwarded, cpu),
                    lanes,
                    perSecond(forwarded, lanes),
                    resident / 1e6,
                    people == 0 ? 0 : (resident - residentBefore) / 1e3 / people);
        });
    }

    private static double perSecond(long packets, double seconds) {
        return seconds <= 0 ? 0 : packets / seconds;
    }
}
