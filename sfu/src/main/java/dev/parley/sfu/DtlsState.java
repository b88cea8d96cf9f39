package dev.parley.sfu;

/** The state of a transport's DTLS association. */
public enum DtlsState {
    /** {@code connect} was not called yet. */
    NEW,
    /** The remote parameters are known; the handshake is going on or waits for ICE. */
    CONNECTING,
    /** The handshake is done and the remote certificate is the announced one: media flows. */
    CONNECTED,
    /** The handshake failed. */
    FAILED,
    /** The association was closed by either side. */
    CLOSED
}
