package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Seq;
import java.util.Arrays;

/**
 * What was sent under which outgoing sequence number: not the packet, only where it lies in the ring and what its
 * header said. Slots are indexed by sequence number; their memory is taken when the first packet is sent.
 */
final class SentLog {
    static final int NONE = -1;

    private static final long EMPTY = Long.MIN_VALUE;

    private final int mask;
    private long[] sequences = {};
    private long[] positions = {};
    private int[] timestamps = {};
    private long[] lastResent = {};
    private byte[] resends = {};
    private int[] sendTimes = {};
    private int[] transportNumbers = {};
    private long highest = EMPTY;

    /** @param capacity how many packets are remembered, a power of two */
    SentLog(int capacity) {
        mask = capacity - 1;
    }

    private void takeMemory() {
        int capacity = mask + 1;
        sequences = new long[capacity];
        positions = new long[capacity];
        timestamps = new int[capacity];
        lastResent = new long[capacity];
        resends = new byte[capacity];
        sendTimes = new int[capacity];
        transportNumbers = new int[capacity];
        Arrays.fill(sequences, EMPTY);
    }

    void add(long sequence, long position, long timestamp, int sendTime, int transportNumber) {
        if (sequences.length == 0) {
            takeMemory();
        }
        int slot = (int) sequence & mask;
        sequences[slot] = sequence;
        positions[slot] = position;
        timestamps[slot] = (int) timestamp;
        resends[slot] = 0;
        sendTimes[slot] = sendTime;
        transportNumbers[slot] = transportNumber;
        highest = Math.max(highest, sequence);
    }

    /** The slot of the packet that went out last under a 16-bit number, or {@link #NONE}. */
    int find(int number) {
        if (highest == EMPTY) {
            return NONE;
        }
        long sequence = Seq.unwrap16(highest, number);
        int slot = (int) sequence & mask;
        return sequences[slot] == sequence ? slot : NONE;
    }

    long sequence(int slot) {
        return sequences[slot];
    }

    long position(int slot) {
        return positions[slot];
    }

    long timestamp(int slot) {
        return timestamps[slot] & 0xffff_ffffL;
    }

    int sendTime(int slot) {
        return sendTimes[slot];
    }

    int transportNumber(int slot) {
        return transportNumbers[slot];
    }

    int resends(int slot) {
        return resends[slot];
    }

    long lastResent(int slot) {
        return lastResent[slot];
    }

    void resent(int slot, long now) {
        resends[slot]++;
        lastResent[slot] = now;
    }
}
