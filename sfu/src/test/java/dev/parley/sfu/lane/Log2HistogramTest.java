package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class Log2HistogramTest {
    @Test
    void putsEachValueBelowItsBoundAndAboveTheOneBefore() {
        var random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> random.nextInt(2, 64);
            int bucket = Log2Histogram.bucketOf(value);
            assertTrue(value <= Math.scalb(1.0, bucket), value + " in " + bucket);
            assertTrue(bucket == 0 || value > Math.scalb(1.0, bucket - 1), value + " in " + bucket);
        }
        assertEquals(0, Log2Histogram.bucketOf(1));
        assertEquals(10, Log2Histogram.bucketOf(1_024));
        assertEquals(11, Log2Histogram.bucketOf(1_025));
    }

    @Test
    void countsWhatIsAboveTheLastBoundInTheLastBucket() {
        var histogram = new Log2Histogram(4);
        histogram.record(8);
        histogram.record(1_000_000);
        assertEquals(2, histogram.snapshot().counts().getLast());
        assertEquals(1_000_008, histogram.snapshot().sum());
    }

    @Test
    void tellsQuantilesToWithinTheirBucket() {
        var random = new SplittableRandom(4);
        var histogram = new Log2Histogram(35);
        var values = new long[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble(2, 18));
            histogram.record(values[i]);
        }
        Arrays.sort(values);
        var snapshot = histogram.snapshot();
        assertEquals(values.length, snapshot.count());
        assertEquals(Arrays.stream(values).average().orElseThrow(), snapshot.mean(), 1e-6 * snapshot.mean());
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99}) {
            double exact = values[(int) (share * values.length)];
            double told = snapshot.quantile(share);
            assertTrue(told > exact / 2 && told < exact * 2, share + ": " + told + " for " + exact);
        }
    }

    @Test
    void tellsWhatWasAddedSinceAnEarlierState() {
        var histogram = new Log2Histogram(10);
        histogram.record(5);
        var earlier = histogram.snapshot();
        histogram.record(100);
        histogram.record(100);
        var added = histogram.snapshot().since(earlier);
        assertEquals(2, added.count());
        assertEquals(100, added.mean());
        assertEquals(0, histogram.snapshot().since(histogram.snapshot()).quantile(0.5));
    }
}
