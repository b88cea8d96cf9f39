package dev.parley.server.http;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /healthz}: 200 while the server takes people in, 503 while it goes down. A coturn of our own that does not
 * answer is told, and no reason to take the server for broken.
 */
final class Health extends Handler.Abstract.NonBlocking {
    private final BooleanSupplier closing;
    private final Supplier<Optional<Boolean>> coturn;

    /** @param coturn whether the coturn of our own answers, if there is one */
    Health(BooleanSupplier closing, Supplier<Optional<Boolean>> coturn) {
        this.closing = closing;
        this.coturn = coturn;
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
        var relay = coturn.get().map(up -> ",\"coturn\":\"" + (up ? "up" : "down") + "\"").orElse("");
        var text = "{\"status\":\"" + (down ? "closing" : "ok") + "\"" + relay + "}\n";
        Content.Sink.write(response, true, text, callback);
        return true;
    }
}
