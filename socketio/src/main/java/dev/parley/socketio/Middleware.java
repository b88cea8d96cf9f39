package dev.parley.socketio;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Looks at each client that wants to join a namespace, before it is connected. Runs on a virtual thread and may block.
 */
@FunctionalInterface
public interface Middleware {
    /**
     * Decides on one client. An exception refuses it with a neutral message and is logged.
     *
     * @param socket the socket, not yet connected: attach to it what later handlers need
     * @param auth   the client's {@code auth} object, empty if it sent none (credentials, for example)
     * @return empty to let it in, or the refusal
     */
    Optional<Refusal> check(Socket socket, JsonNode auth) throws Exception;
}
