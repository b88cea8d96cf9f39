package dev.parley.sfu.engine.dtls;

/** Ends a handshake; thrown by its steps, caught by the endpoint, and never seen outside. */
final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Alert alert;
    private final DtlsFailure failure;

    HandshakeException(Alert alert, DtlsFailure failure) {
        // No stack trace: hostile peers cause these at will.
        super(failure.name(), null, false, false);
        this.alert = alert;
        this.failure = failure;
    }

    Alert alert() {
        return alert;
    }

    DtlsFailure failure() {
        return failure;
    }
}
