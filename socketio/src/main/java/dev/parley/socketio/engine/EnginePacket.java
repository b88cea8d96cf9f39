package dev.parley.socketio.engine;

import java.util.Optional;

/** A packet that a client sent. */
public sealed interface EnginePacket {
    /**
     * A packet with text.
     *
     * @param type its type
     * @param data what follows the type digit
     */
    record Text(PacketType type, String data) implements EnginePacket {}

    /**
     * A binary message. The array is not shared with anybody else.
     *
     * @param data the bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Binary(byte[] data) implements EnginePacket {}

    /** Reads the text form of a packet: a type digit, then data. Empty if malformed. */
    static Optional<EnginePacket> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return PacketType.of(text.charAt(0)).map(type -> new Text(type, text.substring(1)));
    }
}
