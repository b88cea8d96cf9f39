package dev.parley.sfu.engine.stream;

import java.util.Arrays;

/**
 * The packets that one stream lacks, and when to ask for each (again). Bounded: at most {@link #MAX_MISSING} within the
 * last {@link #WINDOW} numbers. Slots are indexed by sequence number; the memory is taken when the first packet is
 * missed, since most streams are idle or miss none.
 */
public final class NackList {
    /** How many packets may be missing at once. */
    public static final int MAX_MISSING = 1000;
    /** How often one packet is asked for. */
    public static final int MAX_TRIES = 10;
    private static final int WINDOW = 2048;
    private static final long EMPTY = Long.MIN_VALUE;

    private long[] sequences = {};
    private long[] asked = {};
    private byte[] tries = {};
    private long oldest;
    private long end;
    private int missing;
    private long due = Long.MAX_VALUE;

    /**
     * Notes that packets {@code from}–{@code to} (exclusive) are missing.
     *
     * @return false when there are too many: all are given up
     */
    public boolean add(long now, long from, long to) {
        if (missing + (to - from) > MAX_MISSING) {
            clearBefore(to);
            return false;
        }
        if (sequences.length == 0) {
            takeMemory();
        }
        boolean all = true;
        if (missing == 0) {
            oldest = from;
        }
        for (long sequence = from; sequence < to; sequence++) {
            int slot = slot(sequence);
            if (sequences[slot] != EMPTY) {
                missing--;
                all = false;
            }
            sequences[slot] = sequence;
            tries[slot] = 0;
            missing++;
        }
        end = to;
        oldest = Math.max(oldest, end - WINDOW);
        due = now;
        return all;
    }

    private void takeMemory() {
        sequences = new long[WINDOW];
        asked = new long[WINDOW];
        tries = new byte[WINDOW];
        Arrays.fill(sequences, EMPTY);
    }

    /** A packet came. @return when it was asked for, if it was exactly once; otherwise {@link Long#MIN_VALUE} */
    public long remove(long sequence) {
        int slot = slot(sequence);
        if (missing == 0 || sequences[slot] != sequence) {
            return Long.MIN_VALUE;
        }
        drop(slot);
        return tries[slot] == 1 ? asked[slot] : Long.MIN_VALUE;
    }

    /** What came before is needed no more. */
    public void clearBefore(long sequence) {
        for (long s = oldest; missing > 0 && s < Math.min(sequence, end); s++) {
            int slot = slot(s);
            if (sequences[slot] == s) {
                drop(slot);
            }
        }
        oldest = Math.max(oldest, sequence);
    }

    private void drop(int slot) {
        sequences[slot] = EMPTY;
        if (--missing == 0) {
            due = Long.MAX_VALUE;
        }
    }

    /** How many packets are missing. */
    public int missing() {
        return missing;
    }

    /** When {@link #collect} will have something. */
    public long nextTimeout() {
        return due;
    }

    /**
     * Gathers, in ascending order, what must be asked for now.
     *
     * @param interval between two tries for the same packet, ns
     * @param max how many at most are gathered; the others stay due
     * @return how many, or −1−n when n were gathered and at least one packet was given up
     */
    public int collect(long now, long interval, long[] into, int max) {
        int gathered = 0;
        boolean gaveUp = false;
        long next = Long.MAX_VALUE;
        for (long s = oldest; s < end && missing > 0; s++) {
            int slot = slot(s);
            if (sequences[slot] != s) {
                continue;
            }
            if (tries[slot] > 0 && asked[slot] + interval > now) {
                next = Math.min(next, asked[slot] + interval);
            } else if (tries[slot] == MAX_TRIES) {
                drop(slot);
                gaveUp = true;
            } else if (gathered == max) {
                next = now;
            } else {
                into[gathered++] = s;
                tries[slot]++;
                asked[slot] = now;
                next = Math.min(next, now + interval);
            }
        }
        due = missing == 0 ? Long.MAX_VALUE : next;
        return gaveUp ? -1 - gathered : gathered;
    }

    private static int slot(long sequence) {
        return (int) sequence & WINDOW - 1;
    }
}
