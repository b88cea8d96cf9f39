package dev.parley.socketio;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The answer of a {@link Middleware} that turns a client away. The client gets a CONNECT_ERROR packet, in
 * socket.io-client a {@code connect_error} event whose error has this message and data.
 *
 * @param message a sentence for the client
 * @param data    more for the client; a null node sends none
 */
public record Refusal(String message, JsonNode data) {
    /** A refusal without data. */
    public Refusal(String message) {
        this(message, NullNode.getInstance());
    }
}
