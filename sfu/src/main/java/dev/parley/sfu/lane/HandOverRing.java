package dev.parley.sfu.lane;

import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams that arrived on other lanes for transports of this one, copied off the heap. Any lane offers, the owning one
 * takes; no locks, nothing allocated. A lane that does not keep up finds the ring full, and the datagram is lost as if its
 * socket's buffer were.
 */
final class HandOverRing {
    /** Slots: more than a batch, and few enough that a lane that stands still does not collect stale media. */
    static final int CAPACITY = 512;

    private static final int MASK = CAPACITY - 1;

    private final MemorySegment memory;
    private final @Nullable TransportCore[] transports = new TransportCore[CAPACITY];
    private final TransportAddress[] sources = new TransportAddress[CAPACITY];
    private final int[] locals = new int[CAPACITY];
    private final int[] landed = new int[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    /** Per slot the ticket, plus one, of the datagram that is complete in it. */
    private final AtomicLongArray filled = new AtomicLongArray(CAPACITY);

    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();
    /** Owner: the slot that {@link #peek} looked at. */
    private int current;

    /** A ring whose memory is freed with the arena. */
    HandOverRing(Arena arena) {
        memory = arena.allocate((long) CAPACITY * InBatch.SLOT, 64);
    }

    /**
     * Copies a datagram; from any lane.
     *
     * @param landing the number of the lane whose socket it came to
     * @return false when the ring is full
     */
    boolean offer(
            TransportCore transport,
            TransportAddress source,
            int local,
            int landing,
            MemorySegment from,
            long offset,
            int length) {
        long ticket;
        do {
            ticket = tail.get();
            if (ticket - head.get() >= CAPACITY) {
                return false;
            }
        } while (!tail.compareAndSet(ticket, ticket + 1));
        var slot = (int) ticket & MASK;
        MemorySegment.copy(from, offset, memory, (long) slot * InBatch.SLOT, length);
        transports[slot] = transport;
        sources[slot] = source;
        locals[slot] = local;
        landed[slot] = landing;
        lengths[slot] = length;
        filled.setRelease(slot, ticket + 1);
        return true;
    }

    /** Whether nothing waits, not even a datagram that is being copied. */
    boolean isEmpty() {
        return tail.get() == head.get();
    }

    /** Owner: the transport of the oldest datagram; null when there is none. The rest of it is read by the accessors. */
    @Nullable TransportCore peek() {
        var ticket = head.getPlain();
        var slot = (int) ticket & MASK;
        if (filled.getAcquire(slot) != ticket + 1) {
            return null;
        }
        current = slot;
        return transports[slot];
    }

    /** Owner: done with the oldest datagram. */
    void remove() {
        transports[current] = null;
        head.setRelease(head.getPlain() + 1);
    }

    MemorySegment memory() {
        return memory;
    }

    long offset() {
        return (long) current * InBatch.SLOT;
    }

    int length() {
        return lengths[current];
    }

    TransportAddress source() {
        return sources[current];
    }

    int local() {
        return locals[current];
    }

    /** The number of the lane whose socket it came to. */
    int landed() {
        return landed[current];
    }
}
