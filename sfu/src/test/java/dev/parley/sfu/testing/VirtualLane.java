package dev.parley.sfu.testing;

import dev.parley.sfu.lane.LaneCore;
import dev.parley.sfu.lane.LaneGroup;
import dev.parley.sfu.lane.LaneSettings;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;

/**
 * One lane of a {@link VirtualSfu}: its core, its socket's buffer, and the time until which its thread stands still.
 */
final class VirtualLane {
    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final int BATCH = 64;

    private record Datagram(TransportAddress from, byte[] bytes) {}

    private final VirtualNetwork network;
    private final TransportAddress address;
    private final InBatch in;
    private final OutBatch out;
    private final LaneCore core;
    private final ArrayDeque<Datagram> socket = new ArrayDeque<>();
    private long standsStillUntil = Long.MIN_VALUE;
    private long thenStandsStillUntil = Long.MIN_VALUE;

    VirtualLane(
            VirtualNetwork network,
            TransportAddress address,
            LaneGroup group,
            LaneSettings settings,
            SeededSecureRandom random,
            Arena arena) {
        this.network = network;
        this.address = address;
        in = new InBatch(BATCH, arena);
        out = new OutBatch(BATCH, arena, this::flush);
        core = new LaneCore(group, settings, random, out, arena.allocate(InBatch.SLOT), EPOCH);
    }

    LaneCore core() {
        return core;
    }

    /** Its thread gets no turn for a while; datagrams wait in its socket. */
    void standStill(long until) {
        standsStillUntil = until;
    }

    /** The same, from the end of its next turn on. */
    void standStillAfterTurn(long until) {
        thenStandsStillUntil = until;
    }

    void arrived(TransportAddress from, byte[] bytes) {
        socket.add(new Datagram(from, bytes));
    }

    boolean stands(long now) {
        return now < standsStillUntil;
    }

    boolean hasWork(long now) {
        return !stands(now) && (!socket.isEmpty() || !core.hasNoMail() || core.nextTimeout() <= now);
    }

    long nextTimeout(long now) {
        var waiting = !socket.isEmpty() || !core.hasNoMail();
        return stands(now) ? standsStillUntil : waiting ? now : core.nextTimeout();
    }

    /** As {@code Lane} turns. */
    void turn(long now) {
        core.takeMail(now);
        in.clear();
        while (in.hasRoom() && !socket.isEmpty()) {
            var datagram = socket.remove();
            int length = Math.min(datagram.bytes().length, InBatch.SLOT);
            MemorySegment.copy(
                    MemorySegment.ofArray(datagram.bytes()), 0, in.memory(), in.offset(in.count()), length);
            in.add(datagram.from(), 0, length);
        }
        core.receive(now, in);
        core.timeouts(now);
        flush(out);
        standsStillUntil = Math.max(standsStillUntil, thenStandsStillUntil);
        thenStandsStillUntil = Long.MIN_VALUE;
    }

    void close(long now) {
        core.close(now);
        flush(out);
    }

    private void flush(OutBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            var datagram = batch.memory()
                    .asSlice(batch.offset(i), batch.length(i))
                    .toArray(ValueLayout.JAVA_BYTE);
            network.send(address, batch.destination(i), datagram);
        }
        batch.clear();
    }
}
