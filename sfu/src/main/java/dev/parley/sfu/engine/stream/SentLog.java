package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Seq;

/**
 * What was sent under which outgoing sequence number: not the packet, only where it lies in the ring and what its
 * header said. Slots are indexed by sequence number; their memory is taken when the first packet is sent.
 *
 * <p>One packet is three words side by side, because the log is written once for every packet that is forwarded, and is
 * as good as never in the processor's caches by then:
 *
 * <pre>
 *  63                                                               0
 * +------------------------------------------------------------------+
 * |              outgoing sequence number, extended                  |
 * |              position in the ring                                |
 * |  timestamp (32)                |  absolute send time (24) | times sent again (8) |
 * +------------------------------------------------------------------+
 * </pre>
 *
 * <p>The transport-wide numbers and the times of retransmissions lie apart: not every stream has them.
 */
final class SentLog {
    static final int NONE = -1;

    private static final long EMPTY = Long.MIN_VALUE;
    private static final int WORDS = 3;
    private static final int RESENDS = 0xff;

    private final int mask;
    private long[] words = {};
    /** Taken with the first number that is not 0. */
    private char[] transportNumbers = {};
    /** Taken at the first retransmission. */
    private long[] lastResent = {};

    private long highest = EMPTY;

    /** @param capacity how many packets are remembered, a power of two */
    SentLog(int capacity) {
        mask = capacity - 1;
    }

    private void takeMemory() {
        words = new long[(mask + 1) * WORDS];
        for (int slot = 0; slot <= mask; slot++) {
            words[slot * WORDS] = EMPTY;
        }
    }

    void add(long sequence, long position, long timestamp, int sendTime, int transportNumber) {
        if (words.length == 0) {
            takeMemory();
        }
        int slot = (int) sequence & mask;
        int at = slot * WORDS;
        words[at] = sequence;
        words[at + 1] = position;
        words[at + 2] = timestamp << 32 | (sendTime & 0xff_ffffL) << 8;
        if (transportNumber != 0 || transportNumbers.length != 0) {
            setTransportNumber(slot, transportNumber);
        }
        highest = Math.max(highest, sequence);
    }

    private void setTransportNumber(int slot, int number) {
        if (transportNumbers.length == 0) {
            transportNumbers = new char[mask + 1];
        }
        transportNumbers[slot] = (char) number;
    }

    /** The slot of the packet that went out last under a 16-bit number, or {@link #NONE}. */
    int find(int number) {
        if (highest == EMPTY) {
            return NONE;
        }
        long sequence = Seq.unwrap16(highest, number);
        int slot = (int) sequence & mask;
        return words[slot * WORDS] == sequence ? slot : NONE;
    }

    long sequence(int slot) {
        return words[slot * WORDS];
    }

    long position(int slot) {
        return words[slot * WORDS + 1];
    }

    long timestamp(int slot) {
        return words[slot * WORDS + 2] >>> 32;
    }

    int sendTime(int slot) {
        return (int) (words[slot * WORDS + 2] >>> 8) & 0xff_ffff;
    }

    int transportNumber(int slot) {
        return transportNumbers.length == 0 ? 0 : transportNumbers[slot];
    }

    int resends(int slot) {
        return (int) words[slot * WORDS + 2] & RESENDS;
    }

    /** When it was sent again last, if it was. */
    long lastResent(int slot) {
        return lastResent[slot];
    }

    void resent(int slot, long now) {
        if (lastResent.length == 0) {
            lastResent = new long[mask + 1];
        }
        if (resends(slot) < RESENDS) {
            words[slot * WORDS + 2]++;
        }
        lastResent[slot] = now;
    }
}
