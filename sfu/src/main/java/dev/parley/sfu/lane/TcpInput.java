package dev.parley.sfu.lane;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.ice.FrameReader;
import dev.parley.sfu.wire.stun.StunMessage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Brings datagrams that came over TCP to their transport's lane. Until a transport claimed a connection, nothing but a
 * check that names one gets through.
 */
final class TcpInput {
    private final LaneGroup group;
    private final DropCounters drops;
    private final TcpCounts counts;
    private final Outbox outbox;
    private final FrameReader.Out out = this::datagram;
    private @Nullable TcpConnection current;

    TcpInput(LaneGroup group, DropCounters drops, TcpCounts counts) {
        this.group = group;
        this.drops = drops;
        this.counts = counts;
        // Its own counts: what comes over TCP was not handed over from one lane to another.
        outbox = new Outbox(group, new LaneCounts());
    }

    /** Takes the datagrams of this connection until the next call. */
    FrameReader.Out from(TcpConnection connection) {
        current = connection;
        return out;
    }

    /** Wakes those lanes that something was left for. */
    void wakeLanes() {
        outbox.wakeOthers();
    }

    private void datagram(MemorySegment memory, long offset, int length) {
        counts.received(length);
        var connection = current;
        if (connection == null) {
            return;
        }
        var owner = connection.owner();
        var transport = owner == null ? named(memory, offset, length) : owner;
        if (transport == null) {
            return;
        }
        if (transport.isClosed()) {
            drops.count(Drop.TCP_UNOWNED);
            return;
        }
        // Wherever it lives: the kernel brings a connection to no lane in particular.
        var landed = transport.home().index();
        if (!outbox.handOver(transport, connection.remote(), 0, landed, memory, offset, length)) {
            drops.count(Drop.HAND_OVER_FULL);
        }
    }

    private @Nullable TransportCore named(MemorySegment memory, long offset, int length) {
        if (Demux.of(memory, offset, length) != Demux.STUN) {
            drops.count(Drop.UNVALIDATED_SOURCE);
            return null;
        }
        var datagram = memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        if (!StunMessage.isStun(datagram)) {
            drops.count(Drop.STUN_MALFORMED);
            return null;
        }
        var name = StunMessage.localFragmentOf(datagram);
        var transport = name.isEmpty() ? null : group.directory().named(name.get());
        if (transport == null) {
            drops.count(Drop.STUN_UNKNOWN_USER);
        }
        return transport;
    }
}
