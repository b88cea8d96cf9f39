package dev.parley.socketio.engine;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

/**
 * An HTTP request to the server's path, whatever HTTP server it came through.
 *
 * @param method        the method, as sent
 * @param upgrade       whether it asks for a WebSocket
 * @param remoteAddress the peer
 * @param secure        whether it came over TLS
 * @param headers       header values by name in lower case
 * @param query         query parameters
 */
public record EngineRequest(
        String method,
        boolean upgrade,
        SocketAddress remoteAddress,
        boolean secure,
        Map<String, List<String>> headers,
        Map<String, List<String>> query) {
    List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
