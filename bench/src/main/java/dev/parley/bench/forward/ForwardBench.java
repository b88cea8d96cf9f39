package dev.parley.bench.forward;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.udp.MediaPath;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the same load on Parley and on two programs in C, in turns, and compares what a forwarded packet costs each of
 * them in processor time. Everything that is measured runs in processes of its own; this one publishes and receives.
 */
final class ForwardBench {
    private static final int FIRST_SINK_PORT = 22_000;
    private static final int FIRST_REFERENCE_PORT = 21_900;
    private static final long SETTLE_NANOS = 250_000_000;
    private static final int WARM_UP_RATE = 60_000;

    private final Options options;
    private final List<Subject> subjects = new ArrayList<>();

    private ForwardBench(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException {
        var options = Options.parse(arguments);
        var results = run(options);
        System.out.print(results.table());
        if (!options.json().isEmpty()) {
            Files.writeString(Path.of(options.json()), results.json());
        }
        if (results.failed()) {
            System.exit(1);
        }
    }

    /** Measures all that the options ask for; afterwards no process is left. */
    static Results run(Options options) throws IOException {
        var bench = new ForwardBench(options);
        try {
            bench.startSubjects();
            return bench.run();
        } finally {
            for (var subject : bench.subjects) {
                subject.close();
            }
        }
    }

    private void startSubjects() throws IOException {
        for (var name : options.subjects()) {
            int port = FIRST_REFERENCE_PORT + subjects.size();
            subjects.add(Subject.named(name, options, options.javaOptions(), port, FIRST_SINK_PORT));
        }
    }

    private Results run() throws IOException {
        var results = new Results(options);
        int most = options.traffic().stream().mapToInt(Traffic::fanOut).max().orElse(0);
        try (var sinks = new Sinks(FIRST_SINK_PORT, most)) {
            for (var traffic : options.traffic()) {
                results.add(traffic, run(traffic, sinks));
            }
        }
        return results;
    }

    private Map<String, List<Measurement>> run(Traffic traffic, Sinks sinks) throws IOException {
        var loads = new ArrayList<Load>();
        try {
            for (var subject : subjects) {
                loads.add(load(subject, traffic, sinks));
            }
            for (var load : loads) {
                load.warmUp(traffic, sinks);
            }
            for (int round = 0; round < options.rounds(); round++) {
                for (var load : loads) {
                    load.run(traffic, sinks, SETTLE_NANOS);
                    load.measurements.add(load.run(traffic, sinks, options.nanos()));
                }
            }
        } finally {
            for (var load : loads) {
                load.close();
            }
        }
        var measurements = new LinkedHashMap<String, List<Measurement>>();
        loads.forEach(load -> measurements.put(load.subject.name(), load.measurements));
        return measurements;
    }

    private Load load(Subject subject, Traffic traffic, Sinks sinks) throws IOException {
        var port = MediaPath.choose(HotPath.AUTO).bind(0, List.of(InetAddress.getLoopbackAddress()));
        var way = subject.prepare(traffic, sinks, port);
        return new Load(
                subject,
                new Publisher(port, way, traffic, options.together()),
                SrtpProvider.JAVA.receiver(way.subscribers().getFirst()));
    }

    /** A publisher that is connected to a subject. */
    private final class Load {
        private final Subject subject;
        private final Publisher publisher;
        private final SrtpReceiver receiver;
        private final List<Measurement> measurements = new ArrayList<>();

        Load(Subject subject, Publisher publisher, SrtpReceiver receiver) {
            this.subject = subject;
            this.publisher = publisher;
            this.receiver = receiver;
        }

        Measurement run(Traffic traffic, Sinks sinks, long nanos) throws IOException {
            sinks.check(0, receiver);
            return Measurement.of(subject, traffic, publisher, sinks, nanos);
        }

        /** More than what is measured, so that what the compiler has to do is done before. */
        void warmUp(Traffic traffic, Sinks sinks) throws IOException {
            var warming = traffic.at(Math.max(traffic.packetsPerSecond(), WARM_UP_RATE));
            sinks.check(0, receiver); // who does not see the numbers wrap around cannot know how often they did
            Measurement.of(subject, warming, publisher, sinks, options.warmUpNanos());
        }

        void close() {
            publisher.close();
            receiver.close();
        }
    }
}
