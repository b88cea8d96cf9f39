package dev.parley.loadtest.media;

import java.util.Arrays;

/**
 * Puts the packets of one stream in order and counts what is wrong between them: what is missing after all
 * repair, and numbers of the sender's that do not follow on each other although the sequence numbers do. For one
 * thread; nothing is allocated per packet.
 */
final class Order {
    /** What a packet is. */
    enum Place {
        /** It was missing. */
        NEW,
        /** It came after it was given up. */
        LATE,
        /** It had come before. */
        AGAIN
    }

    /** In place of a sender's number: the packet was counted, and not decrypted. */
    static final int UNKNOWN = -1;

    private static final long EMPTY = Long.MIN_VALUE;

    private final long[] sequences;
    private final int[] numbers;
    private final long patience;
    private boolean started;
    private long next;
    private long highest;
    private long holeSince = Long.MAX_VALUE;
    private int firstNumber = UNKNOWN;
    private int lastNumber = UNKNOWN;
    private long delivered;
    private long lost;
    private long gaps;
    private long misplaced;
    private long leftOut;

    /**
     * An empty order.
     *
     * @param window how many packets may wait behind a hole, a power of two
     * @param patience how long a hole may be repaired, ns
     */
    Order(int window, long patience) {
        sequences = new long[window];
        numbers = new int[window];
        Arrays.fill(sequences, EMPTY);
        this.patience = patience;
    }

    boolean started() {
        return started;
    }

    /** The first packet of the stream will have this sequence number: what comes before it is not missed. */
    void start(long sequence) {
        started = true;
        next = sequence;
        highest = sequence - 1;
    }

    long highest() {
        return highest;
    }

    /** The number that is waited for. */
    long next() {
        return next;
    }

    /**
     * A packet came.
     *
     * @param sequence extended
     * @param number the sender's own number of the packet, or {@link #UNKNOWN}
     */
    Place packet(long now, long sequence, int number) {
        while (sequence >= next + sequences.length) {
            skip();
        }
        int slot = slot(sequence);
        if (sequences[slot] == sequence) {
            return Place.AGAIN;
        }
        if (sequence < next) {
            if (sequence >= next - sequences.length) {
                sequences[slot] = sequence;
            }
            return Place.LATE;
        }
        sequences[slot] = sequence;
        numbers[slot] = number;
        highest = Math.max(highest, sequence);
        if (sequence == next) {
            drain(now);
        } else if (holeSince == Long.MAX_VALUE) {
            holeSince = now;
        }
        return Place.NEW;
    }

    private void drain(long now) {
        int slot = slot(next);
        while (sequences[slot] == next) {
            deliver(numbers[slot]);
            next++;
            slot = slot(next);
        }
        holeSince = next <= highest ? now : Long.MAX_VALUE;
    }

    private void deliver(int number) {
        delivered++;
        if (number == UNKNOWN) {
            return;
        }
        if (firstNumber == UNKNOWN) {
            firstNumber = number;
        } else if (lastNumber != UNKNOWN && number > lastNumber + 1) {
            // The sequence numbers say that nothing is missing: what came between was left out on purpose.
            leftOut += number - lastNumber - 1;
        } else if (lastNumber != UNKNOWN && number <= lastNumber) {
            misplaced++;
        }
        lastNumber = number;
    }

    /** Gives up the hole at the front, if it was not repaired in time. @return whether something was given up */
    boolean giveUp(long now) {
        if (now - holeSince < patience || holeSince == Long.MAX_VALUE) {
            return false;
        }
        gaps++;
        while (sequences[slot(next)] != next) {
            skip();
        }
        drain(now);
        return true;
    }

    private void skip() {
        int slot = slot(next);
        if (sequences[slot] == next) {
            deliver(numbers[slot]);
        } else {
            lost++;
            lastNumber = lastNumber == UNKNOWN ? UNKNOWN : lastNumber + 1;
        }
        next++;
    }

    private int slot(long sequence) {
        return (int) sequence & sequences.length - 1;
    }

    /** When {@link #giveUp} has something to do, unless it is repaired before. */
    long nextTimeout() {
        return holeSince == Long.MAX_VALUE ? Long.MAX_VALUE : holeSince + patience;
    }

    /** Packets in order. */
    long delivered() {
        return delivered;
    }

    /** Packets that never came. */
    long lost() {
        return lost;
    }

    /** Runs of such packets. */
    long gaps() {
        return gaps;
    }

    /** Packets that the server left out without a gap in its sequence numbers, as one does that cannot keep up. */
    long leftOut() {
        return leftOut;
    }

    /** Packets that are older than the one before them. */
    long misplaced() {
        return misplaced;
    }

    /** The sender's number of the newest packet in order. */
    int lastNumber() {
        return lastNumber;
    }
}
