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
    private static final long NEVER = Long.MAX_VALUE;
    /** A fraction of the patience within which a repair comes, unless something is wrong. */
    private static final int USUALLY = 4;

    private final long[] sequences;
    private final int[] numbers;
    private final long[] arrivals;
    private final boolean[] keyFrames;
    private final long patience;
    private boolean started;
    private long next;
    private long highest;
    private long holeSince = NEVER;
    private int firstNumber = UNKNOWN;
    private int lastNumber = UNKNOWN;
    private long delivered;
    private long lost;
    private long overtaken;
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
        arrivals = new long[window];
        keyFrames = new boolean[window];
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
     * @param keyFrame whether a key frame begins with it
     */
    Place packet(long now, long sequence, int number, boolean keyFrame) {
        if (sequence >= next + sequences.length) {
            makeRoom(sequence);
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
        arrivals[slot] = now;
        keyFrames[slot] = keyFrame;
        highest = Math.max(highest, sequence);
        if (sequence == next) {
            drain();
        } else if (holeSince == NEVER) {
            holeSince = now;
        }
        return Place.NEW;
    }

    private void makeRoom(long sequence) {
        while (sequence >= next + sequences.length) {
            skip(false);
        }
        drain();
    }

    private void drain() {
        int slot = slot(next);
        while (sequences[slot] == next) {
            deliver(numbers[slot]);
            next++;
            slot = slot(next);
        }
        holeSince = noticed();
    }

    /** Since when it is known that the packet in front is missing: holes are waited for side by side. */
    private long noticed() {
        long since = NEVER;
        for (long sequence = next + 1; sequence <= highest; sequence++) {
            int slot = slot(sequence);
            if (sequences[slot] == sequence) {
                since = Math.min(since, arrivals[slot]);
            }
        }
        return since;
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

    /**
     * Gives up the hole at the front, if it was not repaired in time. When a key frame came soon after it, what is
     * missing is not lost but overtaken: a decoder goes on with the key frame, and so nobody asks for it any more. Soon
     * is within a quarter of the patience: a hole that was not repaired for longer ought to have been.
     *
     * @return whether something was given up
     */
    boolean giveUp(long now) {
        if (holeSince == NEVER || now - holeSince < patience) {
            return false;
        }
        boolean needless = keyFrameCameSoon();
        gaps += needless ? 0 : 1;
        while (sequences[slot(next)] != next) {
            skip(needless);
        }
        drain();
        return true;
    }

    private boolean keyFrameCameSoon() {
        for (long sequence = next; sequence <= highest; sequence++) {
            int slot = slot(sequence);
            boolean soon = arrivals[slot] - holeSince <= patience / USUALLY;
            if (sequences[slot] == sequence && keyFrames[slot] && soon) {
                return true;
            }
        }
        return false;
    }

    private void skip(boolean needless) {
        int slot = slot(next);
        if (sequences[slot] == next) {
            deliver(numbers[slot]);
        } else {
            lost += needless ? 0 : 1;
            overtaken += needless ? 1 : 0;
            lastNumber = lastNumber == UNKNOWN ? UNKNOWN : lastNumber + 1;
        }
        next++;
    }

    private int slot(long sequence) {
        return (int) sequence & sequences.length - 1;
    }

    /** When {@link #giveUp} has something to do, unless it is repaired before. */
    long nextTimeout() {
        return holeSince == NEVER ? NEVER : holeSince + patience;
    }

    /** Packets in order. */
    long delivered() {
        return delivered;
    }

    /** Packets that never came and were needed. */
    long lost() {
        return lost;
    }

    /** Packets that never came, and that a later key frame made needless. */
    long overtaken() {
        return overtaken;
    }

    /** Runs of packets that were lost. */
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
