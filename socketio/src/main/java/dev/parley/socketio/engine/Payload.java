package dev.parley.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The body of a polling request or response: packets separated by 0x1e (record separator); a binary message is the
 * letter {@code b} and base64 (Engine.IO protocol, "HTTP long-polling: packet encoding").
 */
public final class Payload {
    private static final char SEPARATOR = '\u001e';

    private Payload() {}

    /** The packets of a request's body, at least one; empty if any of them is malformed. */
    public static Optional<List<EnginePacket>> decode(byte[] body) {
        return Utf8.decode(body).flatMap(Payload::split);
    }

    private static Optional<List<EnginePacket>> split(String text) {
        List<EnginePacket> packets = new ArrayList<>();
        int start = 0;
        while (true) {
            int separator = text.indexOf(SEPARATOR, start);
            int end = separator < 0 ? text.length() : separator;
            Optional<EnginePacket> packet = parse(text.substring(start, end));
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            packets.add(packet.get());
            if (separator < 0) {
                return Optional.of(packets);
            }
            start = separator + 1;
        }
    }

    private static Optional<EnginePacket> parse(String text) {
        if (text.isEmpty() || text.charAt(0) != 'b') {
            return EnginePacket.parse(text);
        }
        try {
            return Optional.of(new EnginePacket.Binary(Base64.getDecoder().decode(text.substring(1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The body of a response. */
    public static byte[] encode(List<EngineFrame> frames) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(64);
        for (int i = 0; i < frames.size(); i++) {
            if (i > 0) {
                body.write(SEPARATOR);
            }
            EngineFrame frame = frames.get(i);
            if (frame.binary()) {
                body.write('b');
                body.writeBytes(Base64.getEncoder().encode(frame.bytes()));
            } else {
                body.writeBytes(frame.bytes());
            }
        }
        return body.toByteArray();
    }
}
