package dev.parley.sfu.engine.ice;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Cuts a TCP stream into datagrams (RFC 4571, 2; used by ICE as RFC 6544, 3, says):
 *
 * <pre>
 *  0                   1
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 * +-------------------------------+----------------------
 * |            LENGTH             |  the datagram ...
 * +-------------------------------+----------------------
 * </pre>
 *
 * However the stream was cut on its way, the same datagrams come out. One that arrived whole is handed on where it
 * lies; only one that is cut is copied, into memory that the reader keeps. One reader a connection; one thread at a
 * time.
 */
public final class FrameReader {
    /** Bytes of the length. */
    public static final int HEADER = 2;

    /** Takes what came out. */
    @FunctionalInterface
    public interface Out {
        /** A datagram; the memory is good until this returns. */
        void datagram(MemorySegment memory, long offset, int length);
    }

    private final int largest;
    /** The beginning of a frame that was cut; made when the first one is. */
    private MemorySegment cut = MemorySegment.ofArray(new byte[0]);
    private int held;

    /** A reader at the start of a stream. @param largest bytes of the largest datagram that is accepted */
    public FrameReader(int largest) {
        this.largest = largest;
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @return false when the stream cannot be followed any further: a datagram is announced that is empty or too large.
     *     The reader must not be used again
     */
    public boolean read(MemorySegment in, long offset, int length, Out out) {
        long at = offset;
        long end = offset + length;
        while (at < end) {
            if (held == 0 && end - at >= HEADER) {
                int size = Bytes.u16(in, at);
                if (!isAcceptable(size)) {
                    return false;
                }
                if (end - at >= HEADER + size) {
                    out.datagram(in, at + HEADER, size);
                    at += HEADER + size;
                    continue;
                }
            }
            int taken = hold(in, at, end);
            if (taken < 0) {
                return false;
            }
            at += taken;
            handOnIfWhole(out);
        }
        return true;
    }

    /** Whether it is in the midst of a datagram. */
    public boolean isCut() {
        return held > 0;
    }

    private boolean isAcceptable(int size) {
        return size > 0 && size <= largest;
    }

    /**
     * Adds to the frame that was cut, first its length and then its datagram; returns how many bytes, −1 when it is
     * bad.
     */
    private int hold(MemorySegment in, long at, long end) {
        if (cut.byteSize() == 0) {
            cut = MemorySegment.ofArray(new byte[HEADER + largest]);
        }
        int whole = held < HEADER ? HEADER : HEADER + Bytes.u16(cut, 0);
        int taken = (int) Math.min(whole - held, end - at);
        MemorySegment.copy(in, at, cut, held, taken);
        held += taken;
        return held == HEADER && !isAcceptable(Bytes.u16(cut, 0)) ? -1 : taken;
    }

    private void handOnIfWhole(Out out) {
        if (held > HEADER && held == HEADER + Bytes.u16(cut, 0)) {
            held = 0;
            out.datagram(cut, HEADER, Bytes.u16(cut, 0));
        }
    }
}
