package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;

/**
 * Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03), read where the reader stands.
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  unique identifier 'R' 'E' 'M' 'B'                            |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  SSRC count   | exponent  |  mantissa (18)                    |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  SSRCs …                                                      |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Remb {
    static final int FORMAT = 15;
    static final long IDENTIFIER = 0x52454d42L;
    private static final int HEADER = 20;

    private Remb() {}

    static boolean isRemb(RtcpReader reader) {
        return reader.length() >= HEADER && Bytes.u32(reader.segment(), reader.offset() + 12) == IDENTIFIER;
    }

    static boolean isValid(RtcpReader reader) {
        return reader.length() >= HEADER + 4 * sources(reader);
    }

    /** In bit/s; {@link Long#MAX_VALUE} when it does not fit. */
    public static long bitrate(RtcpReader reader) {
        int word = Bytes.u24(reader.segment(), reader.offset() + 17);
        int exponent = word >>> 18;
        long mantissa = word & 0x3ffff;
        return mantissa == 0 || exponent < Long.numberOfLeadingZeros(mantissa) ? mantissa << exponent : Long.MAX_VALUE;
    }

    /** How many SSRCs it is about. */
    public static int sources(RtcpReader reader) {
        return Bytes.u8(reader.segment(), reader.offset() + 16);
    }

    /** One of the SSRCs. */
    public static long ssrc(RtcpReader reader, int index) {
        return Bytes.u32(reader.segment(), reader.offset() + HEADER + 4L * index);
    }
}
