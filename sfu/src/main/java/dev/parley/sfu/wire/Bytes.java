package dev.parley.sfu.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Big-endian reads and writes on a {@link MemorySegment}. The layouts are {@code static final} because making one
 * inside a hot method costs an allocation a packet. Every access is checked against the segment's bounds by the JDK.
 */
public final class Bytes {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /** The unsigned byte at an offset, 0–255. */
    public static int u8(MemorySegment segment, long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }

    /** The unsigned 16-bit number at an offset. */
    public static int u16(MemorySegment segment, long offset) {
        return segment.get(SHORT, offset) & 0xffff;
    }

    /** The unsigned 24-bit number at an offset. */
    public static int u24(MemorySegment segment, long offset) {
        return u8(segment, offset) << 16 | u16(segment, offset + 1);
    }

    /** The unsigned 32-bit number at an offset. */
    public static long u32(MemorySegment segment, long offset) {
        return segment.get(INT, offset) & 0xffff_ffffL;
    }

    /** The 64-bit number at an offset. */
    public static long i64(MemorySegment segment, long offset) {
        return segment.get(LONG, offset);
    }

    /** Writes the lowest 8 bits of a value. */
    public static void put8(MemorySegment segment, long offset, int value) {
        segment.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
    }

    /** Writes the lowest 16 bits of a value. */
    public static void put16(MemorySegment segment, long offset, int value) {
        segment.set(SHORT, offset, (short) value);
    }

    /** Writes the lowest 24 bits of a value. */
    public static void put24(MemorySegment segment, long offset, int value) {
        put8(segment, offset, value >>> 16);
        put16(segment, offset + 1, value);
    }

    /** Writes the lowest 32 bits of a value. */
    public static void put32(MemorySegment segment, long offset, long value) {
        segment.set(INT, offset, (int) value);
    }

    /** Writes a 64-bit value. */
    public static void put64(MemorySegment segment, long offset, long value) {
        segment.set(LONG, offset, value);
    }
}
