package dev.parley.sfu.wire;

/**
 * Arithmetic on numbers that wrap: 16-bit sequence numbers and 32-bit RTP timestamps. An <em>extended</em> number is a
 * 64-bit number whose lowest 16 (or 32) bits are the number on the wire; it may be negative for a packet older than the
 * first one seen.
 */
public final class Seq {
    private Seq() {}

    /** How far {@code a} is ahead of {@code b} on the 16-bit circle, −32768–32767. */
    public static int distance16(int a, int b) {
        return (short) (a - b);
    }

    /** Whether {@code a} comes after {@code b} on the 16-bit circle. */
    public static boolean isNewer16(int a, int b) {
        return distance16(a, b) > 0;
    }

    /** How far {@code a} is ahead of {@code b} on the 32-bit circle, −2³¹–2³¹−1. */
    public static int distance32(long a, long b) {
        return (int) (a - b);
    }

    /** The extended number nearest to {@code reference} whose lowest 16 bits are {@code number}. */
    public static long unwrap16(long reference, int number) {
        return reference + (short) (number - (int) reference);
    }

    /** The extended number nearest to {@code reference} whose lowest 32 bits are {@code number}. */
    public static long unwrap32(long reference, long number) {
        return reference + (int) (number - reference);
    }

    /** The 16 bits that go on the wire. */
    public static int wire16(long extended) {
        return (int) extended & 0xffff;
    }

    /** The 32 bits that go on the wire, as an unsigned number. */
    public static long wire32(long extended) {
        return extended & 0xffff_ffffL;
    }
}
