package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * As much of an RTP header (RFC 3550 5.1) as SRTP has to know: where it ends, the sequence number, the SSRC.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |        sequence number        |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                  CSRCs: CC words, then if X:                  |
 * |      defined by profile       |    length in words            |
 * </pre>
 */
final class RtpHeader {
    static final int MIN = 12;

    private RtpHeader() {}

    /**
     * The header's length with CSRCs and extensions, or −1 if it is no RTP header or does not end within {@code
     * length}.
     */
    static int length(MemorySegment packet, long offset, int length) {
        if (length < MIN) {
            return -1;
        }
        int first = Bytes.u8(packet, offset);
        int end = MIN + 4 * (first & 0x0f);
        if (first >>> 6 != 2 || end > length) {
            return -1;
        }
        if ((first & 0x10) != 0) {
            if (end + 4 > length) {
                return -1;
            }
            end += 4 + 4 * Bytes.u16(packet, offset + end + 2);
        }
        return end <= length ? end : -1;
    }

    static int sequence(MemorySegment packet, long offset) {
        return Bytes.u16(packet, offset + 2);
    }

    static int ssrc(MemorySegment packet, long offset) {
        return (int) Bytes.u32(packet, offset + 8);
    }
}
