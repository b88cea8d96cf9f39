package dev.parley.sfu.engine.srtp;

import java.util.Optional;

/** Whether the native ciphers can be used here, tried once. */
final class NativeCiphers {
    private static final Optional<String> UNAVAILABLE = attempt();

    private NativeCiphers() {}

    /** Why not, in words for the operator; empty when they can be used. */
    static Optional<String> unavailable() {
        return UNAVAILABLE;
    }

    private static Optional<String> attempt() {
        try {
            Libcrypto.free(Libcrypto.gcm(new byte[16], true));
            return Optional.empty();
        } catch (ExceptionInInitializerError failure) {
            return Optional.of(reason(failure.getCause() == null ? failure : failure.getCause()));
        } catch (LinkageError | IllegalStateException failure) {
            return Optional.of(reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof IllegalArgumentException
                ? Libcrypto.NAME + " is not installed (Debian's package is libssl3)"
                : Libcrypto.NAME + " cannot be used: " + failure.getMessage();
    }
}
