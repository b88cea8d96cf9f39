package dev.parley.socketio.engine;

/** What a request is about. */
public sealed interface Route {
    /** Refuse it. */
    record Refused(EngineError error) implements Route {}

    /** The browser asks whether a foreign origin may send the real request: yes. */
    record Preflight() implements Route {}

    /** A GET that opens a connection, or waits for packets. */
    record Poll(EngineConnection connection) implements Route {}

    /** A POST with packets. */
    record Post(EngineConnection connection) implements Route {}

    /** A WebSocket that opens a connection: ask {@link EngineServer#open} once the handshake is done. */
    record OpenWebSocket() implements Route {}

    /** A WebSocket that wants to take a polling connection over. */
    record Upgrade(EngineConnection connection) implements Route {}
}
