package dev.parley.socketio.jetty;

import dev.parley.socketio.engine.EngineRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Takes from Jetty's request what the engine looks at. */
final class Requests {
    private Requests() {}

    /** Empty if the query cannot be decoded. */
    static Optional<EngineRequest> read(Request request) {
        Map<String, List<String>> query = new HashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), List.copyOf(field.getValues()));
            }
        } catch (RuntimeException e) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                    .add(value == null ? "" : value);
        }
        String authority = request.getHttpURI().getAuthority();
        if (!headers.containsKey("host") && authority != null) {
            headers.put("host", List.of(authority));
        }
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
        return Optional.of(new EngineRequest(
                request.getMethod(),
                upgrade,
                request.getConnectionMetaData().getRemoteSocketAddress(),
                request.isSecure(),
                Collections.unmodifiableMap(headers),
                Collections.unmodifiableMap(query)));
    }
}
