package dev.parley.sfu.lane;

import dev.parley.sfu.Histogram;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;

/**
 * Counts values by magnitude, in the buckets that {@link Histogram} describes. One thread records, without a lock,
 * allocation or fence; any thread takes snapshots.
 */
final class Log2Histogram {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    /** Cells on either side that nobody uses, so that two lanes' counters do not share a cache line (or its pair). */
    private static final int MARGIN = 16;

    private final int buckets;
    /** The margin, the buckets, the sum, the margin. */
    private final long[] cells;

    /** @param buckets how many: the last begins at 2 to the power of this minus 2 */
    Log2Histogram(int buckets) {
        this.buckets = buckets;
        cells = new long[MARGIN + buckets + 1 + MARGIN];
    }

    /** Adds a value, which is 0 or more. */
    void record(long value) {
        add(MARGIN + Math.min(bucketOf(value), buckets - 1), 1);
        add(MARGIN + buckets, value);
    }

    static int bucketOf(long value) {
        return value <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(value - 1);
    }

    private void add(int cell, long value) {
        CELL.setOpaque(cells, cell, cells[cell] + value);
    }

    /** The sum of all values. From any thread. */
    long sum() {
        return (long) CELL.getOpaque(cells, MARGIN + buckets);
    }

    /** The state now. From any thread. */
    Histogram snapshot() {
        var counts = new ArrayList<Long>(buckets);
        for (var i = 0; i < buckets; i++) {
            counts.add((long) CELL.getOpaque(cells, MARGIN + i));
        }
        return new Histogram(counts, sum());
    }
}
