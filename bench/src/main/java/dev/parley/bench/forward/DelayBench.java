package dev.parley.bench.forward;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.udp.MediaPath;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * How long packets are on their way through a lane that is loaded with half of what it could carry, which is measured
 * first; and how long the collector stopped it meanwhile. The subscribers are served one after the other, so it is measured of the
 * one who is served first, of one in the middle, and of the one who is served last. From the call that sends to the call that receives: the way
 * through the kernel, twice, is in it. Who sends also receives, in one thread that never sleeps, which needs a core of its own.
 */
final class DelayBench {
    private static final int SINK_PORT = 22_300;
    private static final int REFERENCE_PORT = 22_299;
    private static final int GAUGE_RATE = 40_000;
    private static final int MOST = 4_000_000;
    private static final long SETTLE_NANOS = 5_000_000;
    private static final Pattern PAUSE = Pattern.compile("Pause.* ([0-9.]+)ms");

    private final Traffic traffic;
    private final Sinks sinks;
    private final Delays all = new Delays(MOST);

    private DelayBench(Traffic traffic, Sinks sinks) {
        this.traffic = traffic;
        this.sinks = sinks;
    }

    /** @param arguments as {@link Options} has them; the first of kinds and fanout counts, subjects and seconds */
    public static void main(String[] arguments) throws IOException {
        var options = Options.parse(arguments);
        var traffic = options.traffic().getFirst();
        for (var name : options.subjects()) {
            var log = Files.createTempFile("parley-gc", ".log");
            var java = new ArrayList<>(options.javaOptions());
            java.add("-Xlog:gc*:file=" + log);
            try (var subject = Subject.named(name, options, java, REFERENCE_PORT, SINK_PORT);
                    var sinks = new Sinks(SINK_PORT, traffic.fanOut())) {
                new DelayBench(traffic, sinks).run(subject, options);
                if (subject.allocated() >= 0) {
                    System.out.println(pauses(Files.readAllLines(log)));
                }
            } finally {
                Files.delete(log);
            }
        }
    }

    private void run(Subject subject, Options options) throws IOException {
        var port = MediaPath.choose(HotPath.AUTO).bind(0, List.of(InetAddress.getLoopbackAddress()));
        var gauged = traffic.at(GAUGE_RATE);
        var way = subject.prepare(traffic, sinks, port);
        // The lane serves who came last first, the C programs who came first.
        var watched = List.of(traffic.fanOut() - 1, traffic.fanOut() / 2, 0);
        var receivers = way.subscribers().stream().map(SrtpProvider.NATIVE::receiver).toList();
        try (var publisher = new Publisher(port, way, traffic, options.together())) {
            watched.forEach(subscriber -> sinks.check(subscriber, receivers.get(subscriber)));
            Measurement.of(subject, gauged, publisher, sinks, options.warmUpNanos());
            var gauge = Measurement.of(subject, gauged, publisher, sinks, options.nanos());
            var half = traffic.at((int) (0.5e6 / gauge.microsPerPacket()));
            long allocated = subject.allocated();
            long received = sinks.received();
            var cpu = new ProcessCpu(subject.pid());
            long busy = cpu.nanos(subject.threads());
            long took = 0;
            var each = new StringBuilder();
            for (int subscriber : watched) {
                var delays = new Delays(MOST);
                sinks.listen(subscriber, delays.and(all), traffic.payload());
                took += load(publisher, subscriber, half.intervalNanos(), options.nanos() / watched.size());
                each.append(String.format(Locale.ROOT, "subscriber %d: %s%n", subscriber + 1, delays));
            }
            busy = cpu.nanos(subject.threads()) - busy;
            received = sinks.received() - received;
            allocated = allocated < 0 ? allocated : subject.allocated() - allocated;
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s (%,d packets a second): busy for %.0f %%, %,d delivered%s%n%sall of these: %s%n",
                    subject.name(), half.name(), half.packetsPerSecond(), 100.0 * busy / took, received,
                    allocated < 0 ? "" : String.format(Locale.ROOT, ", %.4f bytes allocated for each", (double) allocated / received),
                    each, all);
        } finally {
            receivers.forEach(SrtpReceiver::close);
        }
    }

    /**
     * Sends evenly, and between that looks at one subscriber's socket all the time. Of the others, one in turn is emptied after each
     * frame: all of them at once would take so long that it would show in the delays.
     */
    private long load(Publisher publisher, int watched, long interval, long nanos) {
        long start = System.nanoTime();
        long next = start;
        int other = 0;
        while (next - start < nanos) {
            publisher.burst();
            next += interval;
            other = (other + 1) % traffic.fanOut();
            if (other != watched) {
                sinks.drainOne(other);
            }
            while (System.nanoTime() < next) {
                sinks.drainOne(watched);
            }
        }
        LockSupport.parkNanos(SETTLE_NANOS);
        sinks.drain(traffic.fanOut());
        return System.nanoTime() - start;
    }

    private static String pauses(List<String> log) {
        var millis = log.stream()
                .map(PAUSE::matcher)
                .filter(java.util.regex.Matcher::find)
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .summaryStatistics();
        return millis.getCount() == 0
                ? "no pauses for collecting garbage since the start"
                : String.format(
                        Locale.ROOT,
                        "%d pauses for collecting garbage since the start, the longest %.3f ms",
                        millis.getCount(), millis.getMax());
    }
}
