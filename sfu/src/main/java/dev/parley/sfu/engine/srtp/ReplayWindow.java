package dev.parley.sfu.engine.srtp;

import java.util.Arrays;

/**
 * Which of the last {@value #SIZE} indexes were seen (RFC 3711 3.3.2). A ring of bits: the bit of an index is at its
 * value modulo the size, and moving the front forward clears the bits that it passes.
 */
final class ReplayWindow {
    /** How far behind the highest index a packet may come. Over 2 s of video at 4 Mbit/s. */
    static final int SIZE = 1024;

    private final long[] bits = new long[SIZE / 64];
    private long highest = -1;

    /** The highest index seen, or −1. */
    long highest() {
        return highest;
    }

    /** Whether this index is neither seen nor too old to know. */
    boolean accepts(long index) {
        if (index > highest) {
            return true;
        }
        return highest - index < SIZE && (bits[word(index)] & 1L << index) == 0;
    }

    /** Whether this index was seen, and is not too old to know. */
    boolean saw(long index) {
        return index <= highest && !accepts(index) && highest - index < SIZE;
    }

    /** Notes an index that {@link #accepts} accepted. */
    void mark(long index) {
        if (index > highest) {
            advance(index);
        }
        bits[word(index)] |= 1L << index;
    }

    private void advance(long index) {
        if (index - highest >= SIZE) {
            Arrays.fill(bits, 0);
        } else {
            for (long passed = highest + 1; passed < index; passed++) {
                bits[word(passed)] &= ~(1L << passed);
            }
            bits[word(index)] &= ~(1L << index);
        }
        highest = index;
    }

    private static int word(long index) {
        return (int) (index & SIZE - 1) >>> 6;
    }
}
