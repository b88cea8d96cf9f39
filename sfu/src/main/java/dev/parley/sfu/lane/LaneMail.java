package dev.parley.sfu.lane;

import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What other lanes leave for one lane: bells, and datagrams that arrived at the wrong socket. The methods say whose
 * thread calls them.
 */
final class LaneMail {
    /** Wakes the lane's thread if it sleeps; from any thread. */
    @FunctionalInterface
    interface Waker {
        void wake();
    }

    private final Bells bells = new Bells();
    private final HandOverRing handedOver;
    /** Set before the lane's thread starts. */
    private Waker waker = () -> {};

    /** @param arena frees the memory, when no lane runs any more */
    LaneMail(Arena arena) {
        handedOver = new HandOverRing(arena);
    }

    void wakeWith(Waker changed) {
        waker = changed;
    }

    // ---- other lanes

    /** Leaves a bell that began to ring. {@link #wake} follows at the end of the other lane's turn, once for all. */
    void hang(Bell bell) {
        bells.hang(bell);
    }

    /** Leaves a copy of a datagram, as {@link HandOverRing#offer}. */
    boolean handOver(
            TransportCore transport,
            TransportAddress source,
            int local,
            int landed,
            MemorySegment from,
            long offset,
            int length) {
        return handedOver.offer(transport, source, local, landed, from, offset, length);
    }

    void wake() {
        waker.wake();
    }

    // ---- the lane itself

    boolean isEmpty() {
        return bells.isEmpty() && handedOver.isEmpty();
    }

    Bells bells() {
        return bells;
    }

    HandOverRing handedOver() {
        return handedOver;
    }
}
