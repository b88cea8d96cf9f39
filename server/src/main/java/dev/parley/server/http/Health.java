package dev.parley.server.http;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /healthz}: 200 while the server takes people in, 503 while it goes down. Says nothing else. */
final class Health extends Handler.Abstract.NonBlocking {
    private final BooleanSupplier closing;

    Health(BooleanSupplier closing) {
        this.closing = closing;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!"/healthz".equals(request.getHttpURI().getCanonicalPath())) {
            return false;
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, 405);
            return true;
        }
        boolean down = closing.getAsBoolean();
        response.setStatus(down ? 503 : 200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, down ? "{\"status\":\"closing\"}\n" : "{\"status\":\"ok\"}\n", callback);
        return true;
    }
}
