package dev.parley.sfu.engine.stream;

import java.util.Arrays;

/** Bits per second over the last second, in steps of 100 ms. */
final class RateMeter {
    private static final long STEP_NANOS = 100_000_000;
    private static final int STEPS = 10;

    private final long[] bytes = new long[STEPS];
    private long step = Long.MIN_VALUE;
    private long sum;

    void add(long now, int size) {
        advance(now);
        bytes[(int) Math.floorMod(step, (long) STEPS)] += size;
        sum += size;
    }

    long bitrate(long now) {
        advance(now);
        return sum * 8;
    }

    private void advance(long now) {
        long current = Math.floorDiv(now, STEP_NANOS);
        if (step == Long.MIN_VALUE || current - step >= STEPS) {
            Arrays.fill(bytes, 0);
            sum = 0;
            step = current;
        }
        while (step < current) {
            int index = (int) Math.floorMod(++step, (long) STEPS);
            sum -= bytes[index];
            bytes[index] = 0;
        }
    }
}
