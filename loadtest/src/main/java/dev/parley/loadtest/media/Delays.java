package dev.parley.loadtest.media;

/**
 * How often each duration occurred, to within 1.6 %, from 0 to about 73 minutes. Counting allocates nothing. For one
 * thread; a {@link #copy} may go to another.
 *
 * <p>Durations below 128 µs have a bucket for each 1 µs, those up to twice as long one for each 2 µs, and so on.
 */
public final class Delays {
    private static final int BITS = 7;
    private static final int HALF = 1 << BITS - 1;
    private static final int BUCKETS = (32 - BITS + 2) * HALF;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long largest;

    /** Counts a duration in ns; a negative one counts as 0. */
    public void record(long nanos) {
        counts[bucket(Math.clamp(nanos / 1_000, 0, 0x7fff_ffffL))]++;
        count++;
        largest = Math.max(largest, nanos);
    }

    private static int bucket(long micros) {
        int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(micros) - BITS);
        return shift * HALF + (int) (micros >>> shift);
    }

    private static long upperEdge(int bucket) {
        int shift = Math.max(0, bucket / HALF - 1);
        return (bucket - (long) shift * HALF + 1 << shift) * 1_000;
    }

    /** Adds all of another one's. */
    public void add(Delays other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        largest = Math.max(largest, other.largest);
    }

    /** The same counts, apart. */
    public Delays copy() {
        var copy = new Delays();
        copy.add(this);
        return copy;
    }

    /** How many durations were counted. */
    public long count() {
        return count;
    }

    /** The longest, in ns. */
    public long largest() {
        return largest;
    }

    /** The duration that this share of all does not exceed, in ns; 0 when none was counted. @param share 0–1 */
    public long quantile(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(largest, upperEdge(i));
            }
        }
        return 0;
    }
}
