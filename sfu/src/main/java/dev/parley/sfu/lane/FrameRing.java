package dev.parley.sfu.lane;

import dev.parley.sfu.engine.ice.FrameReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames (RFC 4571) that wait to be written to a TCP connection: a ring of bytes of fixed size. One thread puts datagrams
 * in, one writes bytes out; no locks, nothing allocated. Video may fill only part of it, so that a connection which does
 * not keep up still takes sound, reports and checks.
 */
final class FrameRing {
    /** Bytes: a third of a second at 3 Mbit/s. More would only be late. */
    static final int CAPACITY = 1 << 17;
    /** Bytes that may wait so that a packet of video is still taken. */
    static final int VIDEO = CAPACITY / 4 * 3;
    /** From so many bytes on the connection is congested; video stops before any of it must be cut out. */
    static final int CONGESTED = CAPACITY / 2;
    /** So few bytes are left when it is over. */
    static final int RELAXED = CAPACITY / 8;

    private static final long MASK = CAPACITY - 1;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(CAPACITY);
    private final MemorySegment memory = MemorySegment.ofBuffer(bytes);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /**
     * The writing thread: adds a datagram with its length before it.
     *
     * @param limit bytes that may wait with it; {@link #VIDEO} or {@link #CAPACITY}
     * @return false when there is no room
     */
    boolean offer(MemorySegment from, long offset, int length, int limit) {
        long at = written.getPlain();
        if (at - read.getAcquire() + FrameReader.HEADER + length > limit) {
            return false;
        }
        memory.set(ValueLayout.JAVA_BYTE, at & MASK, (byte) (length >> 8));
        memory.set(ValueLayout.JAVA_BYTE, at + 1 & MASK, (byte) length);
        long start = at + FrameReader.HEADER & MASK;
        long untilEnd = Math.min(length, CAPACITY - start);
        MemorySegment.copy(from, offset, memory, start, untilEnd);
        MemorySegment.copy(from, offset + untilEnd, memory, 0, length - untilEnd);
        written.setRelease(at + FrameReader.HEADER + length);
        return true;
    }

    /** How many bytes wait; from either thread. */
    int waiting() {
        return (int) (written.get() - read.get());
    }

    /** The reading thread: writes as much as the channel takes; returns how many bytes it took. */
    long drainTo(WritableByteChannel channel) throws IOException {
        long at = read.getPlain();
        long end = written.getAcquire();
        long before = at;
        while (at < end) {
            int start = (int) (at & MASK);
            int length = (int) Math.min(end - at, CAPACITY - start);
            int taken = channel.write(bytes.limit(start + length).position(start));
            at += taken;
            read.setRelease(at);
            if (taken < length) {
                break;
            }
        }
        return at - before;
    }
}
