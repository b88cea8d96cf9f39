package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Encodes the packet chunks and receive deltas of transport-wide feedback; the layout is drawn at {@link TransportCc}.
 */
final class TransportCcChunks {
    private static final int VECTOR_1 = 14;
    private static final int VECTOR_2 = 7;
    private static final int MAX_RUN = 0x1fff;

    private TransportCcChunks() {}

    /** Writes chunks, then deltas. @return where they end, or −1 when they do not fit before {@code end} */
    static long write(MemorySegment segment, long start, long end, int[] deltas, int count) {
        long at = start;
        for (int i = 0; i < count; at += 2) {
            if (at + 2 > end) {
                return -1;
            }
            int run = run(deltas, i, count);
            int size = vectorSize(deltas, i, count);
            if (run >= Math.min(size, count - i)) {
                Bytes.put16(segment, at, symbol(deltas[i]) << 13 | run);
                i += run;
            } else {
                Bytes.put16(segment, at, vector(deltas, i, count, size));
                i += size;
            }
        }
        return writeDeltas(segment, at, end, deltas, count);
    }

    private static long writeDeltas(MemorySegment segment, long start, long end, int[] deltas, int count) {
        long at = start;
        for (int i = 0; i < count; i++) {
            int size = symbol(deltas[i]);
            if (at + size > end) {
                return -1;
            }
            if (size == TransportCc.SMALL) {
                Bytes.put8(segment, at, deltas[i]);
            } else if (size == TransportCc.LARGE) {
                Bytes.put16(segment, at, deltas[i]);
            }
            at += size;
        }
        return at;
    }

    /** A delta's symbol, which is also the number of bytes it takes. */
    private static int symbol(int delta) {
        if (delta == RtcpWriter.NOT_RECEIVED) {
            return TransportCc.MISSING;
        }
        return delta >= 0 && delta <= 0xff ? TransportCc.SMALL : TransportCc.LARGE;
    }

    private static int run(int[] deltas, int from, int count) {
        int symbol = symbol(deltas[from]);
        int i = from + 1;
        while (i < count && i - from < MAX_RUN && symbol(deltas[i]) == symbol) {
            i++;
        }
        return i - from;
    }

    private static int vectorSize(int[] deltas, int from, int count) {
        for (int i = from; i < Math.min(from + VECTOR_1, count); i++) {
            if (symbol(deltas[i]) == TransportCc.LARGE) {
                return VECTOR_2;
            }
        }
        return VECTOR_1;
    }

    private static int vector(int[] deltas, int from, int count, int size) {
        int bits = size == VECTOR_1 ? 1 : 2;
        int word = size == VECTOR_1 ? 0x8000 : 0xc000;
        for (int i = 0; i < size && from + i < count; i++) {
            word |= symbol(deltas[from + i]) << bits * (size - 1 - i);
        }
        return word;
    }
}
