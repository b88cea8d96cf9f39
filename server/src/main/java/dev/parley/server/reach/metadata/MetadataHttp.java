package dev.parley.server.reach.metadata;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Requests to a metadata service: plain HTTP on the machine's own link, past every proxy, quickly or not at all. */
final class MetadataHttp implements AutoCloseable {
    private static final int MOST_BYTES = 256 * 1024;
    /** The service is on the same link or on the host itself: it takes the connection at once, or there is none. */
    private static final Duration CONNECT = Duration.ofMillis(300);

    private final URI base;
    private final Duration timeout;
    private final HttpClient client = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    MetadataHttp(URI base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
    }

    /** The page's text; empty when the answer is not 200. @param headers names and values in turn */
    Optional<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers).map(HttpResponse::body).map(MetadataHttp::text);
    }

    Optional<String> put(String path, String... headers) throws IOException, InterruptedException {
        return send("PUT", path, headers).map(HttpResponse::body).map(MetadataHttp::text);
    }

    private Optional<HttpResponse<byte[]>> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = client.send(request.build(), info -> info.statusCode() == 200
                ? HttpResponse.BodySubscribers.limiting(HttpResponse.BodySubscribers.ofByteArray(), MOST_BYTES)
                : HttpResponse.BodySubscribers.replacing(new byte[0]));
        return answer.statusCode() == 200 ? Optional.of(answer) : Optional.empty();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
