package dev.parley.server.admin;

import dev.parley.sfu.Histogram;

/**
 * Writes metrics in Prometheus' text exposition format 0.0.4. A family is begun once; its samples follow before the
 * next family.
 */
final class PrometheusText {
    /** The content type of what {@link #toString()} gives. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16_384);
    private String family = "";

    /** Begins a family of one of the types counter, gauge, histogram, summary. */
    PrometheusText family(String name, String type, String help) {
        family = name;
        text.append("# HELP ").append(name).append(' ');
        escaped(help, false);
        text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** A sample of the family. @param labels names and values in turn */
    PrometheusText sample(double value, String... labels) {
        return line("", value, labels);
    }

    /** A sample of the family whose name has a suffix, such as {@code _sum}. */
    PrometheusText line(String suffix, double value, String... labels) {
        text.append(family).append(suffix);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escaped(labels[i + 1], true);
            text.append('"');
        }
        text.append(labels.length == 0 ? " " : "} ");
        number(value);
        text.append('\n');
        return this;
    }

    /**
     * A histogram of powers of two.
     *
     * @param units how many of the histogram's units make one of the family's, such as 1e9 nanoseconds a second
     * @param from the first bucket with a bound of its own
     * @param to the last such; what is above counts for {@code +Inf} alone
     */
    PrometheusText histogram(Histogram histogram, double units, int from, int to, String label, String value) {
        long count = 0;
        for (int i = 0; i < histogram.counts().size(); i++) {
            count += histogram.counts().get(i);
            if (i >= from && i <= to) {
                line("_bucket", count, label, value, "le", plain(Histogram.bound(i) / units));
            }
        }
        line("_bucket", count, label, value, "le", "+Inf");
        line("_sum", histogram.sum() / units, label, value);
        return line("_count", count, label, value);
    }

    private void number(double value) {
        text.append(plain(value));
    }

    /** Whole numbers without a fraction, since most are; all others as Java writes them, which Prometheus reads. */
    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    private void escaped(String raw, boolean quotes) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quotes ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
