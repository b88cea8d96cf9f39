package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Datagrams that arrived, in slots of one off-heap segment. A slot is a little larger than any datagram that is
 * accepted, so that a truncated one shows by its length.
 */
public final class InBatch {
    /** Bytes a slot; a datagram that fills one was too large. */
    public static final int SLOT = 2_048;

    private final MemorySegment memory;
    private final int capacity;
    private final int[] lengths;
    private final int[] locals;
    private final TransportAddress[] sources;
    private int count;

    /** Space for a number of datagrams, freed with the arena. */
    public InBatch(int capacity, Arena arena) {
        this.capacity = capacity;
        memory = arena.allocate((long) capacity * SLOT, 64);
        lengths = new int[capacity];
        locals = new int[capacity];
        sources = new TransportAddress[capacity];
    }

    /** The memory of all slots. */
    public MemorySegment memory() {
        return memory;
    }

    /** How many datagrams fit. */
    public int capacity() {
        return capacity;
    }

    /** How many datagrams there are. */
    public int count() {
        return count;
    }

    /** Where a slot starts in {@link #memory()}. */
    public long offset(int index) {
        return (long) index * SLOT;
    }

    /** A datagram's length in bytes. */
    public int length(int index) {
        return lengths[index];
    }

    /** Which of the port's local addresses it came to; answers leave from the same one. */
    public int local(int index) {
        return locals[index];
    }

    /** Where it came from. */
    public TransportAddress source(int index) {
        return sources[index];
    }

    /** Empties the batch. */
    public void clear() {
        count = 0;
    }

    /** Whether another datagram fits. */
    public boolean hasRoom() {
        return count < capacity;
    }

    /** Takes the datagram that was written to the slot after the last one. */
    public void add(TransportAddress source, int local, int length) {
        sources[count] = source;
        locals[count] = local;
        lengths[count] = length;
        count++;
    }
}
