package dev.parley.socketio.engine;

import java.nio.charset.StandardCharsets;

/**
 * A packet ready to be sent, as it stands in a WebSocket frame: text with its type digit, or bare bytes. One frame is
 * shared by all the connections it goes to: nobody may change the bytes.
 *
 * @param binary whether it is binary
 * @param bytes  the UTF-8 text, or the bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record EngineFrame(boolean binary, byte[] bytes) {
    static final EngineFrame PING = text(PacketType.PING, "");
    static final EngineFrame NOOP = text(PacketType.NOOP, "");
    static final EngineFrame CLOSE = text(PacketType.CLOSE, "");
    static final EngineFrame PROBE_ANSWER = text(PacketType.PONG, "probe");

    /** A packet with text. Unpaired surrogates become question marks: every frame is valid UTF-8. */
    public static EngineFrame text(PacketType type, String data) {
        return new EngineFrame(false, (type.digit() + data).getBytes(StandardCharsets.UTF_8));
    }

    /** A binary message. */
    public static EngineFrame binary(byte[] bytes) {
        return new EngineFrame(true, bytes);
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }
}
