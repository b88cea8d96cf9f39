package dev.parley.sfu.engine.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * One key of AES-GCM on libcrypto: a context outside the heap that is used for one packet after the other, for sealing
 * or for opening. Through {@link ProviderGcm} where that can be used, else through EVP ({@link Libcrypto}); the results
 * are the same. One thread. Addresses are of ranges that the caller checked.
 */
final class Gcm {
    static final int TAG = 16;

    private static final int IV = 12;
    private static final Optional<String> OBSTACLE = attempt();
    private static final boolean DIRECT = OBSTACLE.isEmpty();

    private final boolean sealing;
    private final boolean direct;
    private final MemorySegment parameters;
    private final long written;
    private long context;

    /** @param arena has its memory until {@link #close} */
    Gcm(Arena arena, byte[] key, boolean sealing) {
        this(arena, key, sealing, DIRECT);
    }

    /** @param direct whether through {@link ProviderGcm} */
    Gcm(Arena arena, byte[] key, boolean sealing, boolean direct) {
        this.sealing = sealing;
        this.direct = direct;
        parameters = arena.allocate(ProviderGcm.PARAMETERS, 8);
        written = arena.allocate(8, 8).address();
        if (direct) {
            ProviderGcm.prepare(parameters);
            context = ProviderGcm.context(key, sealing);
        } else {
            context = Libcrypto.gcm(key, sealing);
        }
    }

    private static Optional<String> attempt() {
        try {
            ProviderGcm.free(ProviderGcm.context(new byte[16], true));
            return Optional.empty();
        } catch (LinkageError | RuntimeException unknown) {
            var own = unknown instanceof ExceptionInInitializerError ? unknown.getCause() : null;
            var cause = own == null ? unknown : own;
            return Optional.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }

    /** Why packets go through EVP, in words for the operator; empty when they go through {@link ProviderGcm}. */
    static Optional<String> obstacle() {
        return OBSTACLE;
    }

    /** Starts a packet. @param iv 12 bytes */
    void start(long iv) {
        if (context == 0) {
            throw new IllegalStateException("This cipher was closed");
        }
        Libcrypto.check(direct ? ProviderGcm.start(context, sealing, iv, IV) : Libcrypto.iv(context, iv));
    }

    /** Adds what is authenticated alone. */
    int authenticate(long in, int length) {
        return update(0, in, length);
    }

    /** Encrypts or decrypts. */
    int update(long out, long in, int length) {
        return direct
                ? ProviderGcm.update(context, out, written, in, length)
                : Libcrypto.update(context, out, written, in, length);
    }

    /** Ends a sealed packet, and writes its tag. */
    int seal(long tag) {
        return direct
                ? ProviderGcm.end(context, tag, written) & ProviderGcm.readTag(context, parameters, tag)
                : Libcrypto.end(context, tag, written) & Libcrypto.readTag(context, tag, TAG);
    }

    /** What tag the packet that was started must have; before what is authenticated. */
    int expect(long tag) {
        return direct
                ? ProviderGcm.expectTag(context, parameters, tag)
                : Libcrypto.expectTag(context, tag, TAG);
    }

    /** Ends an opened packet, nothing more is written at {@code end}. @return whether it had that tag */
    boolean open(long end) {
        return (direct ? ProviderGcm.end(context, end, written) : Libcrypto.end(context, end, written)) == 1;
    }

    /** Frees it; more than once is harmless. */
    void close() {
        if (context != 0 && direct) {
            ProviderGcm.free(context);
        } else if (context != 0) {
            Libcrypto.free(context);
        }
        context = 0;
    }
}
