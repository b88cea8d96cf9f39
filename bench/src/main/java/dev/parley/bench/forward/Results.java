package dev.parley.bench.forward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Medians over the rounds, and the ratio to each reference, round by round, with the least and the greatest. */
final class Results {
    private static final List<String> REFERENCES = List.of("ordinary", "limit");
    private static final double MOST_LOST = 0.01;

    private final Options options;
    private final Map<Traffic, Map<String, List<Measurement>>> all = new LinkedHashMap<>();

    Results(Options options) {
        this.options = options;
    }

    void add(Traffic traffic, Map<String, List<Measurement>> measurements) {
        all.put(traffic, measurements);
    }

    /** Whether packets were lost beyond what a busy machine explains, or not what they should be. */
    boolean failed() {
        return all.entrySet().stream()
                .flatMap(entry -> entry.getValue().values().stream()
                        .flatMap(List::stream)
                        .map(m -> lost(entry.getKey(), m) > MOST_LOST || m.wrong() > 0))
                .anyMatch(Boolean::booleanValue);
    }

    private static double lost(Traffic traffic, Measurement m) {
        return 1 - (double) m.delivered() / ((double) m.sent() * traffic.fanOut());
    }

    String table() {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-18s %-9s %9s %9s %8s  %-20s %-20s %8s %6s %6s%n",
                "load", "subject", "µs/packet", "process", "k/CPU-s", "of ordinary C", "of the C limit", "B/packet", "lost",
                "wrong"));
        all.forEach((traffic, bySubject) -> bySubject.forEach((name, rounds) -> text.append(String.format(
                Locale.ROOT,
                "%-18s %-9s %9.2f %9.2f %8.0f  %-20s %-20s %8s %5.1f%% %6d%n",
                traffic.name(),
                name,
                median(rounds, Measurement::microsPerPacket),
                median(rounds, Measurement::processMicrosPerPacket),
                1e3 / median(rounds, Measurement::processMicrosPerPacket),
                ratio(bySubject, "ordinary", rounds),
                ratio(bySubject, "limit", rounds),
                allocated(rounds),
                100 * rounds.stream().mapToDouble(m -> lost(traffic, m)).max().orElse(0),
                rounds.stream().mapToLong(Measurement::wrong).sum()))));
        return text.toString();
    }

    private static String allocated(List<Measurement> rounds) {
        return rounds.getFirst().allocated() < 0
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f", median(rounds, m -> (double) m.allocated() / m.delivered()));
    }

    private static String ratio(Map<String, List<Measurement>> bySubject, String reference, List<Measurement> rounds) {
        var ratios = ratios(bySubject, reference, rounds);
        if (ratios.isEmpty()) {
            return "";
        }
        return String.format(
                Locale.ROOT, "%.2f (%.2f–%.2f)", median(ratios), ratios.getFirst(), ratios.getLast());
    }

    /** Each round's cost by the reference's in the same round, ascending. */
    private static List<Double> ratios(
            Map<String, List<Measurement>> bySubject, String reference, List<Measurement> rounds) {
        var others = bySubject.getOrDefault(reference, List.of());
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < Math.min(others.size(), rounds.size()); i++) {
            ratios.add(rounds.get(i).microsPerPacket() / others.get(i).microsPerPacket());
        }
        ratios.sort(null);
        return ratios;
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
        return median(rounds.stream().map(value::applyAsDouble).sorted().toList());
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** All single measurements, so that others can look for what the medians hide. */
    String json() {
        var loads = new ArrayList<String>();
        all.forEach((traffic, bySubject) -> bySubject.forEach((name, rounds) -> loads.add(String.format(
                Locale.ROOT,
                "{\"load\":\"%s\",\"packetsOutPerSecond\":%d,\"subject\":\"%s\"%s,\"rounds\":[%s]}",
                traffic.name(),
                traffic.packetsPerSecond(),
                name,
                REFERENCES.stream()
                        .filter(bySubject::containsKey)
                        .map(reference -> String.format(
                                Locale.ROOT,
                                ",\"of_%s\":%.4f",
                                reference,
                                median(ratios(bySubject, reference, rounds))))
                        .collect(Collectors.joining()),
                rounds.stream().map(Results::json).collect(Collectors.joining(","))))));
        return String.format(
                Locale.ROOT,
                "{\"secondsARound\":%.3f,\"results\":[%n%s%n]}%n",
                options.nanos() / 1e9,
                String.join(",\n", loads));
    }

    private static String json(Measurement m) {
        return String.format(
                Locale.ROOT,
                "{\"sent\":%d,\"delivered\":%d,\"wrong\":%d,\"forwardingNanos\":%d,\"processNanos\":%d,\"allocated\":%d}",
                m.sent(), m.delivered(), m.wrong(), m.forwardingNanos(), m.processNanos(), m.allocated());
    }
}
