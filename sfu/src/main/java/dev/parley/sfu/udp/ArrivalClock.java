package dev.parley.sfu.udp;

import java.time.Instant;

/**
 * Translates the kernel's times of arrival, which are of the wall clock, into those of {@link System#nanoTime}. The
 * wall clock may be stepped: it is compared with the other now and then. For one thread.
 */
final class ArrivalClock {
    private static final long NANOS = 1_000_000_000L;

    private long ahead;
    private long checked;

    /** To be called before each look at what has arrived. */
    void check() {
        long now = System.nanoTime();
        if (checked == 0 || now - checked > NANOS) {
            checked = now;
            var wall = Instant.now();
            long after = System.nanoTime();
            ahead = wall.getEpochSecond() * NANOS + wall.getNano() - (now + after) / 2;
        }
    }

    /** The same moment by {@link System#nanoTime}. */
    long monotonic(long seconds, long nanos) {
        return seconds * NANOS + nanos - ahead;
    }
}
