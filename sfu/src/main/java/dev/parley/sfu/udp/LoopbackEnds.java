package dev.parley.sfu.udp;

import java.util.Arrays;

/**
 * Local ends on addresses of the loopback network, all of which are this machine (127.64.0.0/10 of them are used):
 * which end is on which address. An address is used again only after all others, so that what is still on the way to a
 * closed end is not taken for the next one's. For one thread.
 */
final class LoopbackEnds {
    static final int NOBODY = -1;
    private static final int FIRST = 127 << 24 | 64 << 16;
    private static final int COUNT = 1 << 22;

    private int[] ends = {};
    private int next;

    /** An address for an end. @return in the order of bits that people write, as an int */
    int take(int end) {
        int place = next;
        next = next + 1 & COUNT - 1;
        if (place >= ends.length) {
            int old = ends.length;
            ends = Arrays.copyOf(ends, Math.max(64, 2 * old));
            Arrays.fill(ends, old, ends.length, NOBODY);
        }
        ends[place] = end;
        return FIRST + place;
    }

    /** Whose an address is; {@link #NOBODY} for one that is not taken, whatever it is. */
    int end(int address) {
        int place = address - FIRST;
        return place >= 0 && place < ends.length ? ends[place] : NOBODY;
    }

    void free(int address) {
        ends[address - FIRST] = NOBODY;
    }
}
