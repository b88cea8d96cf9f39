package dev.parley.sfu.lane;

import dev.parley.sfu.engine.ice.FrameReader;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One client's TCP connection. The thread of {@link TcpPort} owns the socket; the lane of the transport that claimed it
 * queues what is to be sent. Between the two there are the ring of frames and a few flags, no lock.
 */
final class TcpConnection implements TcpLink {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final TransportAddress remote;
    private final TcpOutgoing outgoing;
    private final FrameReader reader;
    private final long deadline;
    private final AtomicReference<@Nullable TransportCore> owner = new AtomicReference<>();
    private final Bell goneBell = new Bell(this::tellOwner);
    /** Whether it hangs in {@link TcpOutgoing}. */
    private final AtomicBoolean noted = new AtomicBoolean();
    /** The one that was noted before it, while both hang there. */
    @Nullable TcpConnection next;
    /** Made by the lane when it first sends; the port's thread sees it because the connection is noted after. */
    private @Nullable FrameRing ring;
    /** The lane's: whether video is being left out. */
    private boolean congested;
    private volatile boolean closeAsked;
    private volatile boolean closed;
    /** The port's thread: whether the admission knows that it has an owner. */
    private boolean known;

    /**
     * A connection that was accepted.
     *
     * @param remote with the number of the connection in it
     * @param deadline when it must have an owner
     */
    TcpConnection(
            SocketChannel channel, SelectionKey key, TransportAddress remote, TcpOutgoing outgoing, long deadline) {
        this.channel = channel;
        this.key = key;
        this.remote = remote;
        this.outgoing = outgoing;
        this.deadline = deadline;
        reader = new FrameReader(InBatch.SLOT - 1);
    }

    TransportAddress remote() {
        return remote;
    }

    // ---- the lane

    @Override
    public Sent send(MemorySegment memory, long offset, int length, boolean video) {
        if (closed || closeAsked) {
            return Sent.NO_ROOM;
        }
        var frames = ring;
        if (frames == null) {
            frames = new FrameRing();
            ring = frames;
        }
        if (!frames.offer(memory, offset, length, video ? FrameRing.VIDEO : FrameRing.CAPACITY)) {
            return video ? Sent.NO_ROOM_FOR_VIDEO : Sent.NO_ROOM;
        }
        note();
        return Sent.QUEUED;
    }

    @Override
    public boolean isCongested() {
        var frames = ring;
        if (frames != null) {
            congested = frames.waiting() > (congested ? FrameRing.RELAXED : FrameRing.CONGESTED);
        }
        return congested;
    }

    @Override
    public boolean claim(TransportCore transport) {
        var before = owner.compareAndExchange(null, transport);
        if (before == null && closed) {
            // It was closed before there was anybody to tell.
            tell(transport);
        }
        return before == null || before == transport;
    }

    private void tell(TransportCore transport) {
        if (goneBell.ring()) {
            transport.home().mail().hang(goneBell);
            transport.home().mail().wake();
        }
    }

    private void tellOwner(LaneCore on, long now) {
        var transport = owner.get();
        if (transport == null) {
            return;
        }
        if (transport.isOn(on)) {
            transport.linkGone(now, remote);
        } else {
            on.outbox().ring(transport.home(), goneBell);
        }
    }

    @Override
    public void close() {
        closeAsked = true;
        note();
        outgoing.wake();
    }

    private void note() {
        if (!noted.getAndSet(true)) {
            outgoing.add(this);
        }
    }

    // ---- the port's thread

    /** Is looked at now: what is queued from here on is noted anew. */
    void taken() {
        noted.set(false);
    }

    @Nullable TransportCore owner() {
        return owner.get();
    }

    boolean isKnown() {
        return known;
    }

    void becameKnown() {
        known = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOverdue(long now) {
        return now >= deadline && owner.get() == null;
    }

    long deadline() {
        return deadline;
    }

    /**
     * Reads what has come, up to what fits the buffer.
     *
     * @return how many bytes; −1 when the remote closed the connection, or its stream cannot be followed
     */
    int read(ByteBuffer buffer, MemorySegment memory, FrameReader.Out out) throws Malformed, IOException {
        int length = channel.read(buffer.clear());
        if (length > 0 && !reader.read(memory, 0, length, out)) {
            throw new Malformed();
        }
        return length;
    }

    /** Writes what waits, as far as the socket takes it; returns how many bytes. */
    long write() throws IOException {
        var frames = ring;
        if (frames == null) {
            return 0;
        }
        long written = frames.drainTo(channel);
        int interest = frames.waiting() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return written;
    }

    boolean isCloseAsked() {
        return closeAsked;
    }

    /** Closes the socket, and tells the transport that claimed it. */
    void shut() {
        closed = true;
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        var transport = owner.get();
        if (transport != null) {
            tell(transport);
        }
    }

    /** The stream announced a datagram that is empty or too large. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }
}
