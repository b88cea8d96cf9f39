package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Seq;
import java.util.Arrays;

/**
 * Extends a stream's 16-bit sequence numbers, knows which have come, and decides on jumps: a number that is far off is
 * believed only when the one after it comes next (RFC 3550, appendix A.1).
 */
final class SequenceTracker {
    /** The packet came already. */
    static final int DUPLICATE = 0;
    /** The packet is older than what is remembered. */
    static final int TOO_OLD = 1;
    /** The packet is far from all others; if its successor comes next, the stream starts anew there. */
    static final int JUMP = 2;
    /** The packet is new and older than the newest. */
    static final int LATE = 3;
    /** The packet is the newest. */
    static final int NEWEST = 4;
    /** The packet is the first of the stream, or of the stream after a jump. */
    static final int RESTART = 5;

    private static final int MAX_DROPOUT = 3000;
    private static final long NEVER = Long.MIN_VALUE;

    private final long[] seen;
    private boolean started;
    private long highest;
    private int afterJump = -1;

    /** @param window how many numbers back a late packet is still taken, a power of two */
    SequenceTracker(int window) {
        seen = new long[window];
        Arrays.fill(seen, NEVER);
    }

    /** The newest packet's extended number. */
    long highest() {
        return highest;
    }

    /** The extended number nearest to the newest. */
    long extend(int number) {
        return started ? Seq.unwrap16(highest, number) : number;
    }

    /** Takes note of a media packet. @return one of the constants */
    int media(int number) {
        if (!started) {
            return restart(number);
        }
        long sequence = Seq.unwrap16(highest, number);
        if (Math.abs(sequence - highest) <= MAX_DROPOUT) {
            afterJump = -1;
            return note(sequence);
        }
        if (number == afterJump) {
            // The new stretch begins at least half a cycle later: extended numbers never go back.
            return restart(Seq.unwrap16(highest + (1 << 16), number));
        }
        afterJump = number + 1 & 0xffff;
        return JUMP;
    }

    /** Takes note of a retransmitted packet; it never starts the stream, nor makes it jump. */
    int retransmitted(int number) {
        long sequence = extend(number);
        return started && Math.abs(sequence - highest) <= MAX_DROPOUT ? note(sequence) : TOO_OLD;
    }

    private int note(long sequence) {
        if (sequence <= highest - seen.length) {
            return TOO_OLD;
        }
        int slot = (int) sequence & seen.length - 1;
        if (seen[slot] == sequence) {
            return DUPLICATE;
        }
        seen[slot] = sequence;
        if (sequence < highest) {
            return LATE;
        }
        highest = sequence;
        return NEWEST;
    }

    private int restart(long sequence) {
        started = true;
        afterJump = -1;
        highest = sequence;
        seen[(int) sequence & seen.length - 1] = sequence;
        return RESTART;
    }
}
