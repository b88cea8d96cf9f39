package dev.parley.socketio.engine;

import java.util.OptionalInt;

/**
 * Why a session ended.
 *
 * @param kind      the kind
 * @param closeCode the code of the client's WebSocket close frame (RFC 6455 section 7.4), where there was one
 * @param detail    a sentence for the log; never text that the client chose
 */
public record CloseReason(Kind kind, OptionalInt closeCode, String detail) {
    /** What ended the session, and the WebSocket code with which the server closes in that case. */
    public enum Kind {
        /** The client closed. */
        TRANSPORT_CLOSE(1000),
        /** The transport failed, or its rules were broken. */
        TRANSPORT_ERROR(1002),
        /** No pong came in time. */
        PING_TIMEOUT(1000),
        /** The client sent what is not a packet. */
        PARSE_ERROR(1007),
        /** The layer above closed. */
        FORCED_CLOSE(1000),
        /** A limit was exceeded. */
        LIMIT(1008),
        /** The client sent more than maxPayload at once. */
        TOO_BIG(1009),
        /** The server goes down. */
        SHUTDOWN(1001);

        private final int webSocketCode;

        Kind(int webSocketCode) {
            this.webSocketCode = webSocketCode;
        }

        int webSocketCode() {
            return webSocketCode;
        }
    }

    /** A reason without a close code. */
    public CloseReason(Kind kind, String detail) {
        this(kind, OptionalInt.empty(), detail);
    }
}
