package dev.parley.sfu.engine.srtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What counter mode keeps outside the heap: a context for RTP and one for RTCP, and scratch memory for a packet's IV. */
final class NativeState {
    private static final int IV = 0;
    private static final int WRITTEN = 16;
    private static final int WORD = 24;
    private static final int SCRATCH = 32;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment scratch = arena.allocate(SCRATCH, 8);
    private long rtp;
    private long rtcp;

    /** Takes two contexts of {@link Libcrypto}, which it frees. */
    NativeState(long rtp, long rtcp) {
        this.rtp = rtp;
        this.rtcp = rtcp;
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
        if (rtp != 0) {
            Libcrypto.free(rtp);
            Libcrypto.free(rtcp);
            rtp = 0;
            rtcp = 0;
            arena.close();
        }
    }
}
