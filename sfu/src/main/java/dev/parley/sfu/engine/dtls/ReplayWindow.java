package dev.parley.sfu.engine.dtls;

/**
 * Tells which record sequence numbers of an epoch came already: a window of 64 (RFC 6347, 4.1.2.6; RFC 4303, 3.4.3).
 */
final class ReplayWindow {
    private static final int SIZE = 64;

    private long highest = -1;
    private long seen;

    /** Whether a number is new: neither seen nor older than the window. */
    boolean isNew(long sequence) {
        if (sequence > highest) {
            return true;
        }
        long age = highest - sequence;
        return age < SIZE && (seen >>> age & 1) == 0;
    }

    /** Notes a number; only after its record was authenticated. */
    void mark(long sequence) {
        if (sequence > highest) {
            long ahead = sequence - highest;
            seen = ahead >= SIZE ? 1 : seen << ahead | 1;
            highest = sequence;
        } else if (highest - sequence < SIZE) {
            seen |= 1L << (highest - sequence);
        }
    }
}
