package dev.parley.bench.forward;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.udp.MediaPath;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * A fresh SFU in each round: how long until it is ready, and how long its first packets take on their way, next to those that
 * come after a hundred. Without the cache of classes that the script {@code run} starts the whole server with.
 */
final class StartBench {
    private static final int SINK_PORT = 22_600;
    private static final int FIRST = 10;
    private static final int LATER = 100;
    private static final int LAST = 120;
    private static final long GIVE_UP_NANOS = 2_000_000_000L;
    private static final long APART_NANOS = 20_000_000;

    private StartBench() {}

    public static void main(String[] arguments) throws IOException {
        var options = Options.parse(arguments);
        for (int round = 0; round < options.rounds(); round++) {
            try (var sinks = new Sinks(SINK_PORT, 1)) {
                long start = System.nanoTime();
                try (var subject = ParleySubject.named("native", options.javaOptions())) {
                    round(subject, sinks, (System.nanoTime() - start) / 1e6);
                }
            }
        }
    }

    private static void round(Subject subject, Sinks sinks, double ready) throws IOException {
        var traffic = Traffic.audio(1, 50);
        var port = MediaPath.choose(HotPath.AUTO).bind(0, List.of(InetAddress.getLoopbackAddress()));
        var way = subject.prepare(traffic, sinks, port);
        var receiver = SrtpProvider.NATIVE.receiver(way.subscribers().getFirst());
        var delays = new Delays(LAST);
        var first = new double[FIRST];
        try (var publisher = new Publisher(port, way, traffic, true)) {
            sinks.check(0, receiver);
            sinks.listen(0, delays::arrived, traffic.payload());
            for (int i = 0; i < LAST; i++) {
                if (i == LATER) {
                    delays.clear();
                }
                int before = delays.count();
                long sent = System.nanoTime();
                publisher.burst();
                while (delays.count() == before && System.nanoTime() - sent < GIVE_UP_NANOS) {
                    sinks.drain(1);
                }
                if (i < FIRST) {
                    first[i] = (System.nanoTime() - sent) / 1e6;
                }
                while (System.nanoTime() - sent < APART_NANOS) {
                    Thread.onSpinWait();
                }
            }
        } finally {
            receiver.close();
        }
        System.out.printf(
                Locale.ROOT,
                "ready after %.0f ms; first packet %.3f ms, second %.3f, tenth %.3f; from the %dth on median %.3f%n",
                ready, first[0], first[1], first[FIRST - 1], LATER, delays.millis(0.5));
    }
}
