package dev.parley.sfu;

/** Why an object closed. docs/lifecycle.md has the picture of who closes whom. */
public enum CloseReason {
    /** Its own {@code close()} was called. */
    CLOSE_CALLED,
    /** The SFU was closed. */
    SFU_CLOSED,
    /** Its router closed. */
    ROUTER_CLOSED,
    /** Its transport closed. */
    TRANSPORT_CLOSED,
    /** The producer that it consumed closed. */
    PRODUCER_CLOSED,
    /** No authenticated connectivity check, or no DTLS handshake, came in time after it was created. */
    NEVER_CONNECTED,
    /** The remote peer stopped giving consent (RFC 7675) and did not come back. */
    CONSENT_EXPIRED,
    /** The DTLS handshake failed, or the remote certificate was not the announced one. */
    DTLS_FAILED,
    /** The remote peer closed the DTLS association. */
    REMOTE_CLOSED,
    /** A bug in the SFU closed it to protect the others; the log has the details. */
    INTERNAL_ERROR
}
