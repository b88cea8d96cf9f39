package dev.parley.socketio.jetty;

import dev.parley.socketio.engine.EngineError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The answers to polling requests. */
final class Responses {
    private Responses() {}

    /** Answers 200 with packets or {@code ok}. */
    static void text(Response response, byte[] body, Callback callback) {
        response.setStatus(200);
        write(response, "text/plain; charset=UTF-8", body, callback);
    }

    /** Answers with an error of Engine.IO. */
    static void error(Response response, Callback callback, EngineError error) {
        response.setStatus(error.status());
        write(response, "application/json", error.json().getBytes(StandardCharsets.UTF_8), callback);
    }

    /** Tells the browser that pages of this origin may read the answer (Fetch standard, CORS protocol). */
    static void allowOrigin(Response response, String origin) {
        response.getHeaders().put("Access-Control-Allow-Origin", origin).put(HttpHeader.VARY, "Origin");
    }

    /** Answers the question of a browser before a request that is not simple. */
    static void preflight(Response response, Callback callback) {
        response.getHeaders()
                .put("Access-Control-Allow-Methods", "GET, POST")
                .put("Access-Control-Allow-Headers", "Content-Type, Authorization")
                .put("Access-Control-Max-Age", "600");
        response.setStatus(204);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    private static void write(Response response, String type, byte[] body, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, type);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
