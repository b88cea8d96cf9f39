package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Datagrams that are to be sent, in one off-heap segment, in order and without gaps between them: so a run of them to
 * one destination is one range of memory for the kernel to take. A writer claims room, writes the datagram where it
 * will be sent from (the cipher writes here directly) and commits it with its length.
 */
public final class OutBatch {
    /** Bytes that may be written to what was claimed; a datagram is at most as long. */
    public static final int SLOT = 2_048;

    private final MemorySegment memory;
    private final int capacity;
    private final int[] offsets;
    private final int[] lengths;
    private final int[] locals;
    private final TransportAddress[] destinations;
    private final Consumer<OutBatch> whenFull;
    private int count;
    /** Where the last datagram ends: never above what so many slots hold. */
    private int end;

    private long datagrams;
    private long bytes;

    /** Space for a number of datagrams, freed with the arena; {@code whenFull} must empty the batch. */
    public OutBatch(int capacity, Arena arena, Consumer<OutBatch> whenFull) {
        this.capacity = capacity;
        this.whenFull = whenFull;
        memory = arena.allocate((long) capacity * SLOT, 64);
        offsets = new int[capacity];
        lengths = new int[capacity];
        locals = new int[capacity];
        destinations = new TransportAddress[capacity];
    }

    /** The memory of all datagrams. */
    public MemorySegment memory() {
        return memory;
    }

    /** The offset in {@link #memory()} of {@value #SLOT} free bytes; a full batch is sent first. */
    public long claim() {
        if (count == capacity) {
            whenFull.accept(this);
        }
        return end;
    }

    /** Queues the datagram that was written to what was claimed. */
    public void commit(TransportAddress to, int local, int length) {
        offsets[count] = end;
        end += Objects.checkIndex(length, SLOT + 1);
        destinations[count] = to;
        locals[count] = local;
        lengths[count] = length;
        count++;
        datagrams++;
        bytes += length;
    }

    /**
     * Sends what waits, if it is at least so much: by whoever has put all of a run in, since a run that is cut costs
     * more.
     */
    public void sendFrom(int datagrams) {
        if (count >= datagrams) {
            whenFull.accept(this);
        }
    }

    /** Queues a copy of a datagram; one larger than a slot is a bug of the caller. */
    public void add(TransportAddress to, int local, byte[] datagram) {
        var offset = claim();
        MemorySegment.copy(datagram, 0, memory, ValueLayout.JAVA_BYTE, offset, datagram.length);
        commit(to, local, datagram.length);
    }

    /** How many datagrams wait. */
    public int count() {
        return count;
    }

    /** Where a datagram starts in {@link #memory()}. */
    public long offset(int index) {
        return offsets[index];
    }

    /** A datagram's length in bytes. */
    public int length(int index) {
        return lengths[index];
    }

    /** The local address that it leaves from, as given by {@link InBatch#local}. */
    public int local(int index) {
        return locals[index];
    }

    /** Where it goes. */
    public TransportAddress destination(int index) {
        return destinations[index];
    }

    /** The index after the last of the datagrams from {@code index} on that go the same way. */
    public int endOfRun(int index) {
        var end = index + 1;
        while (end < count && goSameWay(index, end)) {
            end++;
        }
        return end;
    }

    /** Whether two datagrams leave from the same local address to the same destination. */
    boolean goSameWay(int a, int b) {
        return locals[a] == locals[b]
                && (destinations[a] == destinations[b] || destinations[a].equals(destinations[b]));
    }

    /** Forgets all datagrams, sent or not. */
    public void clear() {
        count = 0;
        end = 0;
    }

    /** How many datagrams were queued since the start. */
    public long datagrams() {
        return datagrams;
    }

    /** How many bytes were queued since the start. */
    public long bytes() {
        return bytes;
    }
}
