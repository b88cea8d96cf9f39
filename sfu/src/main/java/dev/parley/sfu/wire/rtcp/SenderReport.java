package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;

/**
 * The sender's part of a sender report (RFC 3550, 6.4.1), read where the reader stands.
 *
 * <pre>
 *  8  NTP timestamp (64)
 * 16  RTP timestamp (32)
 * 20  packets sent (32)
 * 24  payload bytes sent (32)
 * 28  report blocks
 * </pre>
 */
public final class SenderReport {
    static final int LENGTH = 28;

    private SenderReport() {}

    /** When the report was made, by the sender's wall clock. */
    public static long ntp(RtcpReader reader) {
        return Bytes.i64(reader.segment(), reader.offset() + 8);
    }

    /** The same instant by the media clock. */
    public static long rtpTimestamp(RtcpReader reader) {
        return Bytes.u32(reader.segment(), reader.offset() + 16);
    }

    /** Packets sent so far. */
    public static long packets(RtcpReader reader) {
        return Bytes.u32(reader.segment(), reader.offset() + 20);
    }

    /** Payload bytes sent so far. */
    public static long bytes(RtcpReader reader) {
        return Bytes.u32(reader.segment(), reader.offset() + 24);
    }
}
