package dev.parley.sfu.engine.stream;

import java.util.Arrays;

/** Bits per second over the last second, in steps of 100 ms. */
final class RateMeter {
    private static final long STEP_NANOS = 100_000_000;
    private static final int STEPS = 10;

    /** The bytes of the steps that are over. */
    private final long[] bytes = new long[STEPS];
    /** The sum of those of the last second. */
    private long over;

    private long step = Long.MIN_VALUE;
    private long stepEnd = Long.MIN_VALUE;
    /** The bytes of this step. */
    private long current;

    void add(long now, int size) {
        if (now >= stepEnd) {
            advance(now);
        }
        current += size;
    }

    long bitrate(long now) {
        if (now >= stepEnd) {
            advance(now);
        }
        return (over + current) * 8;
    }

    private void advance(long now) {
        long next = Math.floorDiv(now, STEP_NANOS);
        if (step == Long.MIN_VALUE || next - step >= STEPS) {
            Arrays.fill(bytes, 0);
            over = 0;
        } else {
            bytes[(int) Math.floorMod(step, (long) STEPS)] = current;
            over += current;
            for (long passed = step + 1; passed <= next; passed++) {
                int index = (int) Math.floorMod(passed, (long) STEPS);
                over -= bytes[index];
                bytes[index] = 0;
            }
        }
        current = 0;
        step = next;
        stepEnd = (next + 1) * STEP_NANOS;
    }
}
