package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;

/**
 * Negative acknowledgement (RFC 4585, 6.2.1), read where the reader stands: entries of a lost packet's number (PID) and
 * a mask of the 16 that follow it (BLP, lowest bit = PID + 1).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |            PID                |             BLP               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Nack {
    static final int FORMAT = 1;

    private Nack() {}

    /** How many entries there are, 1 or more. */
    public static int entries(RtcpReader reader) {
        return (reader.length() - RtcpReader.FEEDBACK_HEADER) / 4;
    }

    /** The entry's first lost sequence number. */
    public static int pid(RtcpReader reader, int entry) {
        return Bytes.u16(reader.segment(), at(reader, entry));
    }

    /** The entry's mask. */
    public static int blp(RtcpReader reader, int entry) {
        return Bytes.u16(reader.segment(), at(reader, entry) + 2);
    }

    private static long at(RtcpReader reader, int entry) {
        return reader.offset() + RtcpReader.FEEDBACK_HEADER + 4L * entry;
    }
}
