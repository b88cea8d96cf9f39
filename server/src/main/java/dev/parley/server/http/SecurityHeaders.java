package dev.parley.server.http;

import dev.parley.server.config.AddressRange;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Puts the headers on every answer that keep a browser from doing more for a page than the app needs. */
final class SecurityHeaders extends Handler.Wrapper {
    private final BooleanSupplier trustedCertificate;

    /**
     * Strict-Transport-Security is sent only while {@code trustedCertificate} says so: else a mistake would lock people
     * out.
     */
    SecurityHeaders(BooleanSupplier trustedCertificate, Handler next) {
        super(next);
        this.trustedCertificate = trustedCertificate;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var headers = response.getHeaders();
        putFixed(headers);
        var host = Request.getServerName(request);
        int port = Request.getServerPort(request);
        headers.put("Content-Security-Policy", policy(webSocketOrigin(String.valueOf(host), port)));
        if (trustedCertificate.getAsBoolean()
                && !"localhost".equals(host)
                && AddressRange.literal(String.valueOf(host)).isEmpty()) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
        return super.handle(request, response, callback);
    }

    /** What does not depend on the request. */
    static void putFixed(HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", policy(""));
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put(
                "Permissions-Policy",
                "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self),"
                        + " clipboard-write=(self), speaker-selection=(self), geolocation=(), usb=(), serial=(),"
                        + " payment=()");
    }

    /**
     * Some browsers do not take wss: for a part of 'self'. An address of IPv6 has no place in the grammar of policies:
     * browsers would complain of it and ignore it. The host was checked by HostCheck before, so it can stand in a
     * header.
     */
    private static String webSocketOrigin(String host, int port) {
        return host.startsWith("[") ? "" : " wss://" + host + (port > 0 && port != 443 ? ":" + port : "");
    }

    /**
     * {@code 'wasm-unsafe-eval'} lets pages compile WebAssembly, which background blur is made with, and nothing else:
     * text stays text.
     */
    private static String policy(String webSocketOrigin) {
        return "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:;"
                + " media-src 'self' blob:;"
                + " connect-src 'self'" + webSocketOrigin
                + "; worker-src 'self' blob:; object-src 'none'; base-uri 'none';"
                + " form-action 'self'; frame-ancestors 'none'";
    }
}
