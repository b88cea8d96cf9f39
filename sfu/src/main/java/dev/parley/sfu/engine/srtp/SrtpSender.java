package dev.parley.sfu.engine.srtp;

import java.lang.foreign.MemorySegment;

/**
 * Encrypts and signs what one transport sends, for all its SSRCs. Used by one thread. It owns the roll-over counter of
 * each SSRC, and it never uses a keystream for two packets: {@link #sealRtp} refuses a sequence number that was already
 * sealed, or that is so old that nobody knows. A lost packet goes out again over RTX (RFC 4588), which has sequence
 * numbers of its own, or, to who does not know RTX, as the same bytes by {@link #sealRtpAgain}.
 *
 * <p>All methods return the datagram's length, or {@code -(drop.ordinal() + 1)}; see {@link Srtp#drop(int)}.
 */
public interface SrtpSender {
    /**
     * Seals one RTP packet. The payload is read from a segment of its own, so that one received packet serves many
     * receivers without a copy in between.
     *
     * <pre>
     * out:  | RTP header (headerLength) | prefix (prefixLength) | payload (appended) | tag (appended) |
     *       |--------- in the clear ----|----------------- encrypted --------------->|
     * </pre>
     *
     * @param out holds the finished RTP header from outOff, CSRCs and extensions included, then the prefix, which is
     *     encrypted in place; must have room for the payload and {@link SrtpProfile#tagLength()} more
     * @param headerLength at least 12, and what the header itself says
     * @param prefixLength plain bytes in front of the payload: RTX OSN, rewritten codec descriptor; 0 or more
     * @param payload holds the payload at [payloadOff, payloadOff + payloadLength)
     * @return the datagram's length, or a refusal as said above
     */
    int sealRtp(
            MemorySegment out,
            long outOff,
            int headerLength,
            int prefixLength,
            MemorySegment payload,
            long payloadOff,
            int payloadLength);

    /**
     * Seals once more a packet that {@link #sealRtp} sealed: the datagram comes out the same, bit by bit, if header,
     * prefix and payload are the same, and they must be. A packet that was not sealed before, or so long ago that
     * nobody knows, is refused.
     */
    int sealRtpAgain(
            MemorySegment out,
            long outOff,
            int headerLength,
            int prefixLength,
            MemorySegment payload,
            long payloadOff,
            int payloadLength);

    /**
     * Seals one compound RTCP packet in place; index and tag are appended.
     *
     * @param out holds the compound at [outOff, outOff + length), with room for {@link Srtp#RTCP_OVERHEAD} more
     * @return the datagram's length, or a refusal as said above
     */
    int sealRtcp(MemorySegment out, long outOff, int length);

    /** Frees the keys and what is held outside the heap. It is not used afterwards. Closing twice is harmless. */
    default void close() {}
}
