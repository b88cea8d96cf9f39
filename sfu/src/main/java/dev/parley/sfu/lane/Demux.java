package dev.parley.sfu.lane;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * What a datagram is, by its first bytes (RFC 7983, RFC 5761).
 *
 * <pre>
 *                +----------------+
 *                |        [0..3] -+--> STUN
 *   first byte ->|      [20..63] -+--> DTLS
 *                |    [128..191] -+--> RTP, or RTCP when the second byte is 192–223
 *                +----------------+
 * </pre>
 */
public enum Demux {
    /** ICE. */
    STUN,
    /** A handshake. */
    DTLS,
    /** Encrypted media. */
    RTP,
    /** Encrypted control. */
    RTCP,
    /** Nothing that belongs here. */
    UNKNOWN;

    /** Looks at a datagram. */
    public static Demux of(MemorySegment memory, long offset, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        var first = Bytes.u8(memory, offset);
        if (first >= 128 && first <= 191) {
            var second = Bytes.u8(memory, offset + 1);
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        return first <= 3 ? STUN : UNKNOWN;
    }
}
