package dev.parley.sfu.engine.srtp;

/**
 * The initialisation vector of a packet: SSRC and index, XORed into the session salt. The 31-bit SRTCP index stands
 * where the low bits of the 48-bit SRTP index stand, so that one method serves both.
 *
 * <pre>
 * GCM, 12 bytes (RFC 7714 8.1, 9.1)          counter mode, 16 bytes (RFC 3711 4.1.1)
 *  0  1 | 2  3  4  5 | 6  7  8  9 10 11       0  1  2  3 | 4  5  6  7 | 8  9 10 11 12 13 | 14 15
 *  0  0 |    SSRC    | ROC       | SEQ        0  0  0  0 |    SSRC    |   packet index   | block
 * </pre>
 */
final class PacketIv {
    private PacketIv() {}

    /** The IV for GCM, into 12 bytes. */
    static void gcm(byte[] iv, byte[] salt, int ssrc, long index) {
        fill(iv, salt, 2, ssrc, index);
    }

    /** The IV for counter mode, into 16 bytes of which the last two are the block counter and stay 0. */
    static void counterMode(byte[] iv, byte[] salt, int ssrc, long index) {
        fill(iv, salt, 4, ssrc, index);
    }

    // The same in words, for those who write them to memory at once. A salt's words are its bytes in network byte
    // order.

    /** Bytes 0 to 3 of the IV for GCM. */
    static int gcmHead(int saltHead, int ssrc) {
        return saltHead ^ ssrc >>> 16;
    }

    /** Bytes 4 to 11 of the IV for GCM. */
    static long gcmTail(long saltTail, int ssrc, long index) {
        return saltTail ^ ((long) ssrc << 48 | index);
    }

    /** Bytes 0 to 7 of the IV for counter mode. */
    static long counterModeHead(long saltHead, int ssrc) {
        return saltHead ^ (ssrc & 0xffff_ffffL);
    }

    /** Bytes 8 to 15 of the IV for counter mode. */
    static long counterModeTail(long saltTail, long index) {
        return saltTail ^ index << 16;
    }

    private static void fill(byte[] iv, byte[] salt, int at, int ssrc, long index) {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        for (int i = 0; i < 4; i++) {
            iv[at + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[at + 4 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
    }
}
