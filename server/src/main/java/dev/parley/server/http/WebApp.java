package dev.parley.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the built web app from memory. What was not a file in its folder at the start is not served: no path, however
 * spelt, leads out of it.
 */
final class WebApp extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(WebApp.class);

    private final Map<String, Asset> assets;
    private final Asset notFound;
    private final Predicate<String> allowedOrigins;

    /** Pages of {@code allowedOrigins} may embed a meeting: they get its scripts too. */
    WebApp(Path folder, Predicate<String> allowedOrigins) {
        this.allowedOrigins = allowedOrigins;
        this.assets = Files.isDirectory(folder) ? read(folder) : Map.of();
        if (!assets.containsKey("/index.html")) {
            LOG.warn(
                    "There is no web app in {}: build it (cd web && npm ci && npm run build) or name its folder"
                            + " by --web-dir",
                    folder);
        }
        this.notFound = Optional.ofNullable(assets.get("/404.html")).orElseGet(() -> page(
                "Not found", "There is no such page. The meetings are <a href=\"/\">on the home page</a>."));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean get = HttpMethod.GET.is(request.getMethod());
        if (!get && !HttpMethod.HEAD.is(request.getMethod())) {
            response.setStatus(405);
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            callback.succeeded();
            return true;
        }
        var path = String.valueOf(request.getHttpURI().getCanonicalPath());
        var asset = Optional.ofNullable(assets.get(path.equals("/") ? "/index.html" : path));
        if (asset.isPresent() && isForEmbedding(path)) {
            share(request, response);
        }
        send(asset.orElse(notFound), asset.isPresent() ? 200 : 404, request, response, callback);
        return true;
    }

    private static boolean isForEmbedding(String path) {
        return path.equals("/embed.js") || path.startsWith("/assets/");
    }

    /**
     * Lets a page of a foreign origin that is allowed run what is answered; scripts of modules are asked for with CORS.
     */
    private void share(Request request, Response response) {
        var headers = response.getHeaders();
        headers.add(HttpHeader.VARY, "Origin");
        Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN)).filter(allowedOrigins).ifPresent(origin -> {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Cross-Origin-Resource-Policy", "cross-origin");
        });
    }

    private static void send(Asset asset, int status, Request request, Response response, Callback callback) {
        var headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, status == 200 ? asset.cacheControl() : "no-store");
        headers.put(HttpHeader.ETAG, asset.etag());
        headers.add(HttpHeader.VARY, "Accept-Encoding");
        if (status == 200 && asset.etag().equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        response.setStatus(status);
        headers.put(HttpHeader.CONTENT_TYPE, asset.contentType());
        boolean gzip = asset.gzip().isPresent() && acceptsGzip(request);
        var content = (gzip ? asset.gzip().get() : asset.plain()).duplicate();
        if (gzip) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        headers.put(HttpHeader.CONTENT_LENGTH, content.remaining());
        if (HttpMethod.HEAD.is(request.getMethod())) {
            callback.succeeded();
        } else {
            response.write(true, content, callback);
        }
    }

    private static boolean acceptsGzip(Request request) {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains("gzip");
    }

    private static Map<String, Asset> read(Path folder) {
        var assets = new HashMap<String, Asset>();
        try (var files = Files.walk(folder)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var path = "/" + folder.relativize(file).toString().replace('\\', '/');
                if (!path.contains("/.")) {
                    assets.put(path, Asset.of(path, Files.readAllBytes(file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The web app in " + folder + " cannot be read", e);
        }
        return Map.copyOf(assets);
    }

    private static Asset page(String title, String html) {
        var text = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title
                + " - Parley</title></head><body><h1>" + title + "</h1><p>" + html + "</p></body></html>";
        return Asset.of("/404.html", text.getBytes(StandardCharsets.UTF_8));
    }
}
