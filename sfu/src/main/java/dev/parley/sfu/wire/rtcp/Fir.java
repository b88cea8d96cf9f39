package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;

/**
 * Full intra request (RFC 5104, 4.3.1), read where the reader stands.
 *
 * <pre>
 * | SSRC of the wanted stream (32) |
 * | request number (8) | reserved (24) |
 * </pre>
 */
public final class Fir {
    static final int FORMAT = 4;
    static final int ENTRY = 8;

    private Fir() {}

    static boolean isValid(RtcpReader reader) {
        int entries = reader.length() - RtcpReader.FEEDBACK_HEADER;
        return entries > 0 && entries % ENTRY == 0;
    }

    /** How many entries there are, 1 or more. */
    public static int entries(RtcpReader reader) {
        return (reader.length() - RtcpReader.FEEDBACK_HEADER) / ENTRY;
    }

    /** From whom a key frame is wanted. */
    public static long ssrc(RtcpReader reader, int entry) {
        return Bytes.u32(reader.segment(), at(reader, entry));
    }

    /** The request's number, 0–255; the same number again is the same request. */
    public static int number(RtcpReader reader, int entry) {
        return Bytes.u8(reader.segment(), at(reader, entry) + 4);
    }

    private static long at(RtcpReader reader, int entry) {
        return reader.offset() + RtcpReader.FEEDBACK_HEADER + (long) ENTRY * entry;
    }
}
