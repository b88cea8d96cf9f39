package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;

/**
 * The report blocks of an SR or RR (RFC 3550, 6.4.1), read where the reader stands; there are {@link RtcpReader#count}
 * of them.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        SSRC reported on                       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | fraction lost |       cumulative number lost (signed 24)      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           extended highest sequence number received           |
 * |                      interarrival jitter                      |
 * |                         last SR (LSR)                         |
 * |                   delay since last SR (DLSR)                  |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class ReportBlock {
    static final int LENGTH = 24;

    private ReportBlock() {}

    private static long at(RtcpReader reader, int index) {
        int first = reader.kind() == RtcpKind.SENDER_REPORT ? SenderReport.LENGTH : 8;
        return reader.offset() + first + (long) index * LENGTH;
    }

    /** Whose media is reported on. */
    public static long ssrc(RtcpReader reader, int index) {
        return Bytes.u32(reader.segment(), at(reader, index));
    }

    /** Share lost since the last report, in 1/256. */
    public static int fractionLost(RtcpReader reader, int index) {
        return Bytes.u8(reader.segment(), at(reader, index) + 4);
    }

    /** Packets lost since the beginning; negative when duplicates outnumber losses. */
    public static int cumulativeLost(RtcpReader reader, int index) {
        return Bytes.u24(reader.segment(), at(reader, index) + 5) << 8 >> 8;
    }

    /** Cycles in the upper 16 bits, the highest sequence number in the lower. */
    public static long extendedHighest(RtcpReader reader, int index) {
        return Bytes.u32(reader.segment(), at(reader, index) + 8);
    }

    /** In units of the media's clock rate. */
    public static long jitter(RtcpReader reader, int index) {
        return Bytes.u32(reader.segment(), at(reader, index) + 12);
    }

    /** The middle 32 bits of the last SR's NTP timestamp; 0 when none came yet. */
    public static long lastSenderReport(RtcpReader reader, int index) {
        return Bytes.u32(reader.segment(), at(reader, index) + 16);
    }

    /** Time since that SR came, in 1/65536 s. */
    public static long delaySinceLastSenderReport(RtcpReader reader, int index) {
        return Bytes.u32(reader.segment(), at(reader, index) + 20);
    }
}
