package dev.parley.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Puts the fragments of one WebSocket message together (RFC 6455 section 5.4), within limits on bytes and on
 * fragments. Not thread-safe.
 */
public final class MessageAssembler {
    /** What came of a fragment. */
    public enum State {
        /** More is to come. */
        PARTIAL,
        /** The message is whole: {@link MessageAssembler#take}. */
        WHOLE,
        /** More bytes than allowed. */
        TOO_BIG,
        /** More fragments than allowed. */
        TOO_MANY
    }

    private final int maxBytes;
    private final int maxFragments;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(0);
    private int fragments;

    /** An assembler with these limits. */
    public MessageAssembler(int maxBytes, int maxFragments) {
        this.maxBytes = maxBytes;
        this.maxFragments = maxFragments;
    }

    /** Adds what remains in the buffer. */
    public State add(ByteBuffer payload, boolean last) {
        if (payload.remaining() > maxBytes - message.size()) {
            return State.TOO_BIG;
        }
        fragments++;
        if (fragments > maxFragments) {
            return State.TOO_MANY;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        message.writeBytes(bytes);
        return last ? State.WHOLE : State.PARTIAL;
    }

    /** The whole message; starts the next one. */
    public byte[] take() {
        byte[] bytes = message.toByteArray();
        message.reset();
        fragments = 0;
        return bytes;
    }
}
