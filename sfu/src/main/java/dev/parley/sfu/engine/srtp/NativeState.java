package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What counter mode keeps outside the heap: contexts for RTP and for RTCP, and scratch memory for a packet's IV. */
final class NativeState {
    private static final int IV = 0;
    private static final int WRITTEN = 16;
    private static final int WORD = 24;
    private static final int SCRATCH = 32;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment scratch;
    private long rtp;
    private long rtcp;

    /**
     * Makes the two contexts.
     *
     * @throws IllegalArgumentException if a key has not 16 bytes; nothing is left to free then, nor after other errors
     */
    NativeState(byte[] rtpKey, byte[] rtcpKey) {
        try {
            scratch = arena.allocate(SCRATCH, 8);
            rtp = Libcrypto.counterMode(rtpKey);
            rtcp = Libcrypto.counterMode(rtcpKey);
        } catch (RuntimeException | Error refused) {
            close();
            throw refused;
        }
    }

    /** Where more that lives as long can be allocated. */
    Arena arena() {
        return arena;
    }

    /** Sets the IV of the next packet, 16 bytes. */
    void iv(long head, long tail) {
        Bytes.put64(scratch, IV, head);
        Bytes.put64(scratch, IV + 8L, tail);
    }

    /** The context for RTP, ready for a packet with the IV that was set. */
    long startRtp() {
        return start(rtp);
    }

    /** The context for RTCP, ready for a packet with the IV that was set. */
    long startRtcp() {
        return start(rtcp);
    }

    private long start(long context) {
        if (context == 0) {
            throw new IllegalStateException("This cipher was closed");
        }
        Libcrypto.check(Libcrypto.iv(context, scratch.address() + IV));
        return context;
    }

    /** Where libcrypto notes how many bytes it wrote. */
    long written() {
        return scratch.address() + WRITTEN;
    }

    /** The address of a 32-bit number in network byte order; it is good until the next call. */
    long word(int value) {
        Bytes.put32(scratch, WORD, value);
        return scratch.address() + WORD;
    }

    /** Frees everything; more than once is harmless. */
    void close() {
        if (arena.scope().isAlive()) {
            Libcrypto.free(rtp); // which is harmless with 0
            Libcrypto.free(rtcp);
            rtp = 0;
            rtcp = 0;
            arena.close();
        }
    }
}
