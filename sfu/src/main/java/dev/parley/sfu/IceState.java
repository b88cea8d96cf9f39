package dev.parley.sfu;

/** The state of a transport's ICE agent, seen from the lite side. */
public enum IceState {
    /** No authenticated connectivity check came yet. */
    NEW,
    /** A check was answered; the remote peer has not nominated a path yet. */
    CONNECTED,
    /** The remote peer nominated a path. */
    COMPLETED,
    /** Consent expired (RFC 7675): nothing is sent until an authenticated check comes. */
    DISCONNECTED,
    /** The transport is closed. */
    CLOSED
}
