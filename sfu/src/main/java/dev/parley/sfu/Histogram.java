package dev.parley.sfu;

import java.util.List;

/**
 * How often values of each magnitude were seen. Bucket 0 counts the values 0 and 1, bucket {@code i} those above
 * 2<sup>i−1</sup> up to 2<sup>i</sup>, the last one also all above.
 *
 * @param counts how many values each bucket holds
 * @param sum of all values
 */
public record Histogram(List<Long> counts, long sum) {
    /** Takes a copy of the list. */
    public Histogram {
        counts = List.copyOf(counts);
    }

    /** A histogram of nothing. */
    public static Histogram empty() {
        return new Histogram(List.of(), 0);
    }

    /** How many values there are. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Their mean; 0 when there are none. */
    public double mean() {
        var count = count();
        return count == 0 ? 0 : (double) sum / count;
    }

    /** The largest value that a bucket is meant for: 2 to the power of its index. */
    public static double bound(int bucket) {
        return Math.scalb(1.0, bucket);
    }

    /**
     * The value below which a share of all values lies, as well as it can be told: inside its bucket it is
     * interpolated. 0 when there are no values.
     *
     * @param share 0–1, such as 0.99
     */
    public double quantile(double share) {
        var wanted = share * count();
        var below = 0L;
        for (var i = 0; i < counts.size(); i++) {
            long here = counts.get(i);
            if (here > 0 && below + here >= wanted) {
                var low = i == 0 ? 0 : bound(i - 1);
                return low + (bound(i) - low) * Math.clamp((wanted - below) / here, 0.0, 1.0);
            }
            below += here;
        }
        return 0;
    }

    /** What was added since an earlier state of the same histogram. */
    public Histogram since(Histogram earlier) {
        var added = new Long[counts.size()];
        for (var i = 0; i < added.length; i++) {
            added[i] = counts.get(i) - (i < earlier.counts.size() ? earlier.counts.get(i) : 0);
        }
        return new Histogram(List.of(added), sum - earlier.sum);
    }
}
