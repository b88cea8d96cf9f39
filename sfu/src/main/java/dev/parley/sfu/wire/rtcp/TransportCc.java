package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1), read where the
 * reader stands.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      base sequence number     |      packet status count      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     reference time (signed, × 64 ms)          | feedback count|
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  packet chunks (16 each) …, receive deltas (8 or 16 each) …, zeros to a word
 *
 * run length chunk:     |0|S S|      run length (13)    |
 * status vector, 1 bit: |1|0| 14 × received or not      |
 * status vector, 2 bit: |1|1|  7 × symbol               |
 * symbol: 0 not received, 1 small delta (unsigned 8, × 250 µs), 2 large delta (signed 16, × 250 µs)
 * </pre>
 */
public final class TransportCc {
    /** Nanoseconds of one unit of a receive delta. */
    public static final long TICK_NANOS = 250_000;
    /** How many such units the reference time counts in. */
    public static final int TICKS_PER_REFERENCE = 256;

    static final int FORMAT = 15;
    static final int HEADER = 20;
    static final int MISSING = 0;
    static final int SMALL = 1;
    static final int LARGE = 2;

    private TransportCc() {}

    /** Told of each packet that a feedback is about, in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One packet.
         *
         * @param number its transport-wide sequence number
         * @param received whether it arrived
         * @param ticks when, in 250 µs since an epoch of the receiver's; meaningless when it did not
         */
        void packet(int number, boolean received, long ticks);
    }

    /** The number of the first packet that the feedback is about. */
    public static int baseSequence(RtcpReader reader) {
        return Bytes.u16(reader.segment(), reader.offset() + 12);
    }

    /** How many packets it is about. */
    public static int statusCount(RtcpReader reader) {
        return Bytes.u16(reader.segment(), reader.offset() + 14);
    }

    /** The reference time in units of 64 ms, signed. */
    public static int referenceTime(RtcpReader reader) {
        return Bytes.u24(reader.segment(), reader.offset() + 16) << 8 >> 8;
    }

    /** The feedback's own number, 0–255. */
    public static int feedbackCount(RtcpReader reader) {
        return Bytes.u8(reader.segment(), reader.offset() + 19);
    }

    /** Walks all packet statuses. @return false when it is malformed; the visitor may have seen a part by then */
    public static boolean visit(RtcpReader reader, Visitor visitor) {
        var segment = reader.segment();
        long end = reader.offset() + reader.length();
        int total = statusCount(reader);
        long deltas = endOfChunks(segment, reader.offset() + HEADER, end, total);
        if (deltas < 0) {
            return false;
        }
        long ticks = (long) referenceTime(reader) * TICKS_PER_REFERENCE;
        long chunk = reader.offset() + HEADER;
        int number = baseSequence(reader);
        for (int done = 0; done < total; chunk += 2) {
            int word = Bytes.u16(segment, chunk);
            int size = Math.min(statuses(word), total - done);
            for (int i = 0; i < size; i++) {
                int symbol = symbol(word, i);
                int bytes = symbol == MISSING ? 0 : symbol;
                if (symbol > LARGE || deltas + bytes > end) {
                    return false;
                }
                if (symbol != MISSING) {
                    ticks += symbol == SMALL ? Bytes.u8(segment, deltas) : (short) Bytes.u16(segment, deltas);
                    deltas += bytes;
                }
                visitor.packet(number + done + i & 0xffff, symbol != MISSING, ticks);
            }
            done += size;
        }
        return true;
    }

    private static long endOfChunks(MemorySegment segment, long start, long end, int total) {
        long at = start;
        for (int done = 0; done < total; at += 2) {
            int size = at + 2 <= end ? statuses(Bytes.u16(segment, at)) : 0;
            if (size == 0) {
                return -1;
            }
            done += size;
        }
        return at;
    }

    private static int statuses(int chunk) {
        return (chunk & 0x8000) == 0 ? chunk & 0x1fff : (chunk & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int chunk, int index) {
        if ((chunk & 0x8000) == 0) {
            return chunk >>> 13 & 3;
        }
        return (chunk & 0x4000) == 0 ? chunk >>> 13 - index & 1 : chunk >>> 2 * (6 - index) & 3;
    }
}
