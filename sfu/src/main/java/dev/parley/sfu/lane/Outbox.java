package dev.parley.sfu.lane;

import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.MemorySegment;

/**
 * What one lane leaves for others during a turn. The others are woken together, each once: a signal a turn, never one a
 * packet. Used by its lane's thread.
 */
final class Outbox {
    private final LaneGroup group;
    private final LaneCounts counts;
    /** The lanes that something was left for since the last {@link #wakeOthers}, as bits. */
    private long toWake;

    Outbox(LaneGroup group, LaneCounts counts) {
        this.group = group;
        this.counts = counts;
    }

    /** Rings a bell on another lane, or on this one for the next turn. */
    void ring(LaneCore lane, Bell bell) {
        if (bell.ring()) {
            lane.mail().hang(bell);
            toWake |= 1L << lane.index();
        }
    }

    /** Leaves a copy of a datagram for the lane where its transport lives; false when that lane has no room. */
    boolean handOver(
            TransportCore transport,
            TransportAddress source,
            int local,
            int landed,
            MemorySegment memory,
            long offset,
            int length) {
        var home = transport.home();
        if (!home.mail().handOver(transport, source, local, landed, memory, offset, length)) {
            return false;
        }
        counts.handedOver++;
        toWake |= 1L << home.index();
        return true;
    }

    /** Wakes those lanes that something was left for, and who writes to TCP connections. */
    void wakeOthers() {
        group.tcp().wake();
        for (var left = toWake; left != 0; left &= left - 1) {
            group.mail(Long.numberOfTrailingZeros(left)).wake();
        }
        toWake = 0;
    }
}
