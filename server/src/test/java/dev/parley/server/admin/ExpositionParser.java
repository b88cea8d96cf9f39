package dev.parley.server.admin;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus' text exposition format 0.0.4, after its description: it refuses what the lenient ones
 * let pass, such as a sample before its TYPE, a family in two places, a duplicate, or a histogram that does not add up.
 */
final class ExpositionParser {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\\n]|\\\\[\\\\\"n])*)\"");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    /** A family of metrics: its samples by name and labels. */
    record Family(String type, String help, Map<String, Double> samples) {}

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private String current = "";
    private String help = "";

    /** Reads a page. @throws AssertionError for anything that is not as described */
    static Map<String, Family> parse(String page) {
        if (!page.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        var parser = new ExpositionParser();
        page.lines().forEach(parser::line);
        parser.families.forEach(ExpositionParser::check);
        return parser.families;
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            var words = line.split(" ", 4);
            require(words.length == 4 && NAME.matcher(words[2]).matches(), line);
            begin(words[2]);
            help = words[3];
        } else if (line.startsWith("# TYPE ")) {
            var words = line.split(" ");
            require(words.length == 4 && TYPES.contains(words[3]) && words[2].equals(current), line);
            require(families.put(current, new Family(words[3], help, new LinkedHashMap<>())) == null, line);
        } else {
            sample(line);
        }
    }

    private void begin(String name) {
        ended.add(current);
        require(!ended.contains(name), "a family in two places: " + name);
        current = name;
    }

    private void sample(String line) {
        var sample = SAMPLE.matcher(line);
        require(sample.matches(), line);
        var family = families.get(current);
        require(family != null, "a sample before its TYPE: " + line);
        var suffix = sample.group(1).startsWith(current) ? sample.group(1).substring(current.length()) : "?";
        require(suffixes(family.type()).contains(suffix), "a sample of another family: " + line);
        var labels = labels(sample.group(2), line);
        double value = Double.parseDouble(sample.group(3));
        require(!Double.isNaN(value), line);
        require(family.samples().put(suffix + labels, value) == null, "twice: " + line);
    }

    private static List<String> suffixes(String type) {
        return switch (type) {
            case "histogram" -> List.of("_bucket", "_sum", "_count");
            case "summary" -> List.of("", "_sum", "_count");
            default -> List.of("");
        };
    }

    private static Map<String, String> labels(String text, String line) {
        var labels = new TreeMap<String, String>();
        if (text == null) {
            return labels;
        }
        var label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            require(label.find(at) && label.start() == at, line);
            require(labels.put(label.group(1), label.group(2)) == null, line);
            at = label.end();
            if (at < text.length()) {
                require(text.charAt(at) == ',' && at + 1 < text.length(), line);
                at++;
            }
        }
        return labels;
    }

    private static void check(String name, Family family) {
        if (family.type().equals("counter")) {
            require(name.endsWith("_total"), name + " is a counter");
            family.samples().forEach((key, value) -> require(value >= 0, name + key));
        }
        if (family.type().equals("histogram")) {
            checkHistogram(name, family.samples());
        }
    }

    /** Buckets are cumulative and ordered, and the last one, +Inf, is the count. */
    private static void checkHistogram(String name, Map<String, Double> samples) {
        double bound = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (var entry : samples.entrySet()) {
            if (entry.getKey().startsWith("_bucket")) {
                var le = entry.getKey().replaceAll(".*le=([^,}]+).*", "$1");
                double next = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                require(next > bound && entry.getValue() >= sum, name + entry.getKey());
                bound = next;
                sum = entry.getValue();
            } else if (entry.getKey().startsWith("_count")) {
                require(bound == Double.POSITIVE_INFINITY && sum == entry.getValue(), name + entry.getKey());
                bound = Double.NEGATIVE_INFINITY;
                sum = 0;
            }
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
