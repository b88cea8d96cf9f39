package dev.parley.sfu.engine.srtp;

import java.lang.foreign.MemorySegment;

/**
 * Authenticates and decrypts what one transport receives, for all its SSRCs. Used by one thread. Malformed, forged and
 * repeated packets change no state; a packet's state is kept only once its tag was found right (RFC 3711 3.3).
 *
 * <p>Both methods return the plain length, which is above 0, or {@code -(drop.ordinal() + 1)} with the
 * {@link dev.parley.sfu.engine.Drop} that says why not; see {@link Srtp#drop(int)}. After a refusal the bytes at
 * {@code out} are unspecified. {@code in} and {@code out} may be the same memory.
 */
public interface SrtpReceiver {
    /**
     * Opens one SRTP packet.
     *
     * @param in holds the packet at [inOff, inOff + len)
     * @param len the datagram's length in bytes, any value from 0
     * @param out takes the RTP packet from outOff: the header as it was, then the plain payload
     * @return the RTP packet's length, or a refusal as said above
     */
    int openRtp(MemorySegment in, long inOff, int len, MemorySegment out, long outOff);

    /**
     * Opens one SRTCP packet.
     *
     * @param in holds the packet at [inOff, inOff + len)
     * @param len the datagram's length in bytes, any value from 0
     * @param out takes the plain compound RTCP packet from outOff
     * @return the compound's length, or a refusal as said above
     */
    int openRtcp(MemorySegment in, long inOff, int len, MemorySegment out, long outOff);

    /** Frees the keys and what is held outside the heap. It is not used afterwards. Closing twice is harmless. */
    default void close() {}
}
