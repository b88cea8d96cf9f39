package dev.parley.sfu.testing;

import dev.parley.sfu.lane.TcpLink;
import dev.parley.sfu.lane.TransportCore;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A TCP connection on a virtual network: it keeps up, unless it is told to be congested. */
final class VirtualTcpLink implements TcpLink {
    /** Takes what is sent. */
    @FunctionalInterface
    interface Out {
        void send(MemorySegment memory, long offset, int length);
    }

    private final Out out;
    private Optional<TransportCore> owner = Optional.empty();
    private boolean congested;
    private boolean closed;
    private long video;
    private long others;

    VirtualTcpLink(Out out) {
        this.out = out;
    }

    @Override
    public Sent send(MemorySegment memory, long offset, int length, boolean isVideo) {
        if (closed) {
            return Sent.NO_ROOM;
        }
        video += isVideo ? 1 : 0;
        others += isVideo ? 0 : 1;
        out.send(memory, offset, length);
        return Sent.QUEUED;
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public boolean claim(TransportCore transport) {
        if (owner.isEmpty()) {
            owner = Optional.of(transport);
        }
        return owner.get() == transport;
    }

    @Override
    public void close() {
        closed = true;
    }

    void congested(boolean changed) {
        congested = changed;
    }

    boolean isClosed() {
        return closed;
    }

    /** How many packets of video were sent. */
    long video() {
        return video;
    }

    /** How many other datagrams were sent. */
    long others() {
        return others;
    }

    void gone(long now, TransportAddress remote) {
        closed = true;
        owner.ifPresent(transport -> transport.linkGone(now, remote));
    }
}
