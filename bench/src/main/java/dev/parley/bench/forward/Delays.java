package dev.parley.bench.forward;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;

/** How long packets took, in nanoseconds; as many as there is room for. */
final class Delays {
    private final long[] nanos;
    private int count;

    Delays(int most) {
        nanos = new long[most];
    }

    /** A packet that was sent at this {@link System#nanoTime} has come. */
    void arrived(long sentAt) {
        if (count < nanos.length) {
            nanos[count++] = System.nanoTime() - sentAt;
        }
    }

    /** For who is told when a packet was sent that has come now: notes it here and there. */
    LongConsumer and(Delays others) {
        return sentAt -> {
            arrived(sentAt);
            if (others.count < others.nanos.length) {
                others.nanos[others.count++] = nanos[count - 1];
            }
        };
    }

    int count() {
        return count;
    }

    void clear() {
        count = 0;
    }

    /** Milliseconds below which this share of the packets stayed. @param share 0 to 1 */
    double millis(double share) {
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.min(count - 1L, (long) (share * count))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d packets, p50 %.3f ms, p95 %.3f, p99 %.3f, p99.9 %.3f, worst %.3f",
                count, millis(0.5), millis(0.95), millis(0.99), millis(0.999), millis(1));
    }
}
