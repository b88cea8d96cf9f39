package dev.parley.socketio;

import java.util.OptionalInt;

/**
 * Why a socket ended.
 *
 * @param cause     the cause, with the very words Socket.IO uses
 * @param closeCode the status code of the WebSocket close frame that the client sent (RFC 6455 section 7.4): 1001 = the
 *                  page went away, 1005 = a close frame without code, 1006 = none was received; empty where the client
 *                  closed no WebSocket
 * @param detail    a sentence for the log; empty when there is nothing to add. Never text chosen by the client
 */
public record DisconnectReason(Cause cause, OptionalInt closeCode, String detail) {
    /** The causes of Socket.IO 4 (documentation, "Server instance: disconnect event"). */
    public enum Cause {
        /** The connection was closed: the user closed the tab, the network changed, or the client closed its engine. */
        TRANSPORT_CLOSE("transport close"),
        /** The connection met an error, broke the rules of its transport, or did not read fast enough. */
        TRANSPORT_ERROR("transport error"),
        /** The client did not answer a ping in time. */
        PING_TIMEOUT("ping timeout"),
        /** The client left this namespace with {@code socket.disconnect()}. */
        CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
        /** The server left this namespace with {@link Socket#disconnect(boolean)}. */
        SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
        /** The client sent something that is not Socket.IO. */
        PARSE_ERROR("parse error"),
        /** The server closed the connection, for example because a limit was exceeded. */
        FORCED_SERVER_CLOSE("forced server close"),
        /** The server is going down. */
        SERVER_SHUTTING_DOWN("server shutting down");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** The words of Socket.IO, for example {@code "ping timeout"}. */
        public String text() {
            return text;
        }
    }

    /** A reason with neither close code nor detail. */
    public DisconnectReason(Cause cause) {
        this(cause, OptionalInt.empty(), "");
    }

    /** A reason with a sentence for the log. */
    public DisconnectReason(Cause cause, String detail) {
        this(cause, OptionalInt.empty(), detail);
    }

    /** The words of Socket.IO, for example {@code "transport close"}. */
    public String reason() {
        return cause.text();
    }

    /** Whether the client said that its page went away (WebSocket close code 1001). */
    public boolean goingAway() {
        return closeCode.isPresent() && closeCode.getAsInt() == 1001;
    }

    /** Whether the connection was lost rather than left: only then is it kept for recovery. */
    public boolean recoverable() {
        return switch (cause) {
            case TRANSPORT_CLOSE, TRANSPORT_ERROR, PING_TIMEOUT, SERVER_SHUTTING_DOWN, FORCED_SERVER_CLOSE -> true;
            case CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, PARSE_ERROR -> false;
        };
    }
}
