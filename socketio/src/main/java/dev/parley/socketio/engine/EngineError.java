package dev.parley.socketio.engine;

/** Why a request is refused: the codes of Engine.IO 4, and what is refused before it is Engine.IO at all. */
public enum EngineError {
    /** The transport is neither polling nor websocket. */
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    /** There is no such session, or no more. */
    UNKNOWN_SID(400, 1, "Session ID unknown"),
    /** A session is opened with GET. */
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    /** Anything else that is wrong. */
    BAD_REQUEST(400, 3, "Bad request"),
    /** A foreign origin or an unknown host. */
    FORBIDDEN(403, 4, "Forbidden"),
    /** Not EIO=4. */
    UNSUPPORTED_VERSION(400, 5, "Unsupported protocol version"),
    /** More than maxPayload. */
    TOO_BIG(413, 3, "Payload too large"),
    /** Too many connections, or the server is closing. */
    UNAVAILABLE(503, 3, "Server unavailable");

    private final int status;
    private final int code;
    private final String message;

    EngineError(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The body of the answer. */
    public String json() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }
}
