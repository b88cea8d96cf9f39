package dev.parley.socketio.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strict UTF-8. */
public final class Utf8 {
    private Utf8() {}

    /** The text, or empty if the bytes are not well-formed UTF-8 (overlong forms and surrogates included). */
    public static Optional<String> decode(byte[] bytes) {
        try {
            // A new decoder reports malformed input, where String's constructor would replace it.
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
