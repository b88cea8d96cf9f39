package dev.parley.socketio;

/** The socket ended before the client acknowledged an event. */
public final class SocketClosedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient DisconnectReason reason;

    SocketClosedException(DisconnectReason reason) {
        super("The socket ended before the acknowledgement came: " + reason.reason());
        this.reason = reason;
    }

    /** Why the socket ended. */
    public DisconnectReason reason() {
        return reason;
    }
}
