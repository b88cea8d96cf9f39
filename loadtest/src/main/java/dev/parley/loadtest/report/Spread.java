package dev.parley.loadtest.report;

import dev.parley.loadtest.media.Delays;

/**
 * How durations spread, in ms.
 *
 * @param count how many there were
 */
public record Spread(long count, double p50, double p95, double p99, double p999, double max) {
    /** The spread of what was counted. */
    public static Spread of(Delays delays) {
        return new Spread(
                delays.count(),
                ms(delays.quantile(0.5)),
                ms(delays.quantile(0.95)),
                ms(delays.quantile(0.99)),
                ms(delays.quantile(0.999)),
                ms(delays.largest()));
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }
}
