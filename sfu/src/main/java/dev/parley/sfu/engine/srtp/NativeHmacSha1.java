package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * HMAC-SHA1 (RFC 2104) on libcrypto's bare SHA-1. The states after the inner and the outer padding are kept per key,
 * and each packet starts from copies of them: two blocks less to hash than with an HMAC call, which also costs more
 * around them.
 */
final class NativeHmacSha1 {
    static final int LENGTH = 20;

    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final MemorySegment inner;
    private final MemorySegment outer;
    private final MemorySegment state;
    private final MemorySegment digest;

    NativeHmacSha1(Arena arena, byte[] key) {
        inner = padded(arena, key, INNER);
        outer = padded(arena, key, OUTER);
        state = arena.allocate(Libcrypto.SHA_CTX_SIZE, 8);
        digest = arena.allocate(LENGTH, 8);
    }

    private static MemorySegment padded(Arena arena, byte[] key, byte padding) {
        var state = arena.allocate(Libcrypto.SHA_CTX_SIZE, 8);
        try (var local = Arena.ofConfined()) {
            var block = local.allocate(BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                block.set(JAVA_BYTE, i, (byte) ((i < key.length ? key[i] : 0) ^ padding));
            }
            Libcrypto.check(Libcrypto.sha1Init(state.address()));
            Libcrypto.check(Libcrypto.sha1Update(state.address(), block.address(), BLOCK));
            block.fill((byte) 0);
        }
        return state;
    }

    /** Starts a message. */
    void start() {
        state.copyFrom(inner);
    }

    /** Adds bytes at an address that the caller checked. */
    void update(long address, long length) {
        Libcrypto.check(Libcrypto.sha1Update(state.address(), address, length));
    }

    /** Ends the message; the {@value #LENGTH} bytes are good until the next start. */
    MemorySegment end() {
        int ok = Libcrypto.sha1Final(state.address(), digest.address());
        state.copyFrom(outer);
        ok &= Libcrypto.sha1Update(state.address(), digest.address(), LENGTH);
        Libcrypto.check(ok & Libcrypto.sha1Final(state.address(), digest.address()));
        return digest;
    }
}
