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

    /** Which library it is and which way AES-GCM goes in it, in words for the operator; only where they can be used. */
    static String description() {
        return description(Libcrypto.version(), Gcm.obstacle());
    }

    static String description(String library, Optional<String> noDirectWay) {
        var own = "the provider's own functions";
        return library + ", "
                + noDirectWay
                        .map(why -> "AES-GCM through EVP, some 0.1 µs a packet dearer than " + own + " (" + why + ")")
                        .orElse("AES-GCM by " + own);
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
