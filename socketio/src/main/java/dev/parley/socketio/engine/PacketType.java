package dev.parley.socketio.engine;

import java.util.Optional;

/** The packet types of Engine.IO 4; each is written as one digit, its ordinal. */
public enum PacketType {
    /** Server to client: the handshake. */
    OPEN,
    /** Either way: this transport is closing. */
    CLOSE,
    /** Server to client: heartbeat; client to server: only as the probe of an upgrade. */
    PING,
    /** The answer to a ping. */
    PONG,
    /** Data of the layer above. */
    MESSAGE,
    /** Client to server: the probed WebSocket takes over. */
    UPGRADE,
    /** Server to client: ends a waiting poll and says nothing. */
    NOOP;

    private static final PacketType[] VALUES = values();

    /** The type's digit. */
    public char digit() {
        return (char) ('0' + ordinal());
    }

    static Optional<PacketType> of(char digit) {
        int index = digit - '0';
        return index >= 0 && index < VALUES.length ? Optional.of(VALUES[index]) : Optional.empty();
    }
}
