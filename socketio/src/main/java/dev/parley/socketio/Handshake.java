package dev.parley.socketio;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a client from the request that opened its connection.
 *
 * @param remoteAddress the peer of the connection (a proxy, if there is one)
 * @param secure        whether the request came over TLS
 * @param headers       the request's headers, names in lower case
 * @param query         the request's query parameters, {@code EIO} and {@code transport} included
 * @param auth          the {@code auth} object of this namespace's CONNECT packet; an empty object if there was none
 * @param time          when the connection was opened
 */
public record Handshake(
        SocketAddress remoteAddress,
        boolean secure,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        JsonNode auth,
        Instant time) {
    /** The first value of a header, whose name may be in any case. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }
}
