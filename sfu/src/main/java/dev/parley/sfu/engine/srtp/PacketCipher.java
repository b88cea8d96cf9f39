package dev.parley.sfu.engine.srtp;

import java.lang.foreign.MemorySegment;

/**
 * The cipher alone: encrypts and signs, or checks and decrypts, a packet whose header was parsed and whose index is
 * known. It knows neither sequence numbers nor replay; {@link IndexingSender} and {@link IndexingReceiver} do that for
 * every implementation. One instance serves one direction and one thread.
 */
interface PacketCipher {
    /** The length of the tag on each packet, in bytes. */
    int tagLength();

    /**
     * Encrypts the prefix in place, appends the encrypted payload and the tag.
     *
     * @param index the 48-bit packet index, ROC * 65536 + SEQ
     */
    void sealRtp(
            MemorySegment out,
            long outOff,
            int headerLength,
            int prefixLength,
            MemorySegment payload,
            long payloadOff,
            int payloadLength,
            int ssrc,
            long index);

    /**
     * Checks the tag and writes header and plain payload.
     *
     * @param length of the whole packet, tag included; at least header and tag
     * @return whether the tag is right
     */
    boolean openRtp(
            MemorySegment in, long inOff, int headerLength, int length, int ssrc, long index, MemorySegment out,
            long outOff);

    /**
     * Encrypts a compound in place behind its first 8 bytes and appends tag and index in the profile's order.
     *
     * @param index the 31-bit SRTCP index
     */
    void sealRtcp(MemorySegment out, long outOff, int length, int ssrc, int index);

    /**
     * Where the word with E bit and index stands in an SRTCP packet.
     *
     * @param length of the whole packet
     * @return an offset from the packet's start
     */
    int rtcpIndexOffset(int length);

    /**
     * Checks the tag and writes the plain compound.
     *
     * @param length of the whole packet, with tag and index word
     * @param encrypted the E bit: if not set, the compound is only signed
     * @return whether the tag is right
     */
    boolean openRtcp(
            MemorySegment in, long inOff, int length, int ssrc, boolean encrypted, int index, MemorySegment out,
            long outOff);

    /** Frees what the cipher holds outside the heap. It is not used afterwards. Closing twice is harmless. */
    default void close() {}
}
