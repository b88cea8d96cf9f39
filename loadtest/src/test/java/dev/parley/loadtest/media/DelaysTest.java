package dev.parley.loadtest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DelaysTest {
    @Test
    void tellsQuantilesToWithinTwoPercent() {
        var delays = new Delays();
        for (int i = 1; i <= 100_000; i++) {
            delays.record(i * 1_000L);
        }
        for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 0.999}) {
            double expected = share * 100_000 * 1_000;
            assertEquals(1, delays.quantile(share) / expected, 0.02, "" + share);
        }
        assertEquals(100_000_000, delays.quantile(1));
        assertEquals(100_000, delays.count());
    }

    @Test
    void holdsWhatIsTooShortAndTooLong() {
        var delays = new Delays();
        delays.record(-5);
        delays.record(Long.MAX_VALUE / 2);
        assertEquals(1_000, delays.quantile(0.5));
        assertEquals(Long.MAX_VALUE / 2, delays.largest());
    }

    @Test
    void isEmptyAtFirstAndAddsUp() {
        var delays = new Delays();
        assertEquals(0, delays.quantile(0.5));
        var more = new Delays();
        more.record(3_000_000);
        delays.add(more);
        delays.add(more.copy());
        assertEquals(2, delays.count());
        assertEquals(3_000_000, delays.quantile(0.99));
    }
}
