package dev.parley.server.http;

import dev.parley.server.room.RoomException;
import dev.parley.server.room.RoomRegistry;
import dev.parley.server.room.StoredFile;
import dev.parley.server.room.UserText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /files} takes a file in for somebody in a room, {@code GET /files/ROOM/ID} gives it to whoever knows the
 * secret in the path. What people send is never shown as a page of ours: it is an attachment, of a type that no browser
 * runs, in a sandbox.
 */
public final class RoomFileHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RoomFileHandler.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/files";
    private static final String BEARER = "Bearer ";
    private static final int MAX_TYPE = 100;
    /** Bytes. */
    private static final int MOST_DISCARDED = 64 * 1024;
    /** Types that pages may show; anything else is a stream of bytes. */
    private static final Set<String> SHOWN =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif");

    private final RoomRegistry rooms;
    private final Predicate<String> origins;

    /** Pages of these origins may upload. */
    public RoomFileHandler(RoomRegistry rooms, Predicate<String> origins) {
        this.rooms = rooms;
        this.origins = origins;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = String.valueOf(request.getHttpURI().getCanonicalPath());
        if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
            return false;
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        var origin = Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN));
        if (origin.isPresent() && !origins.test(origin.get())) {
            try (var body = Content.Source.asInputStream(request)) {
                discard(request, body);
            }
            refuse(response, callback, 403, RoomException.fileNotAllowed());
            return true;
        }
        origin.ifPresent(allowed -> allow(response, allowed));
        boolean get = HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
        if (HttpMethod.OPTIONS.is(request.getMethod())) {
            response.setStatus(204);
            callback.succeeded();
        } else if (path.equals(PATH) && HttpMethod.POST.is(request.getMethod())) {
            upload(request, response, callback);
        } else if (get) {
            download(path, request, response, callback);
        } else {
            response.setStatus(405);
            callback.succeeded();
        }
        return true;
    }

    private static void allow(Response response, String origin) {
        var headers = response.getHeaders();
        headers.put("Access-Control-Allow-Origin", origin);
        headers.put("Access-Control-Allow-Headers", "Authorization, Content-Type");
        headers.put("Access-Control-Allow-Methods", "GET, POST");
        headers.put("Access-Control-Max-Age", "600");
        headers.put(HttpHeader.VARY, "Origin");
        headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private void upload(Request request, Response response, Callback callback) {
        try (var body = Content.Source.asInputStream(request)) {
            try {
                var file = receive(request, body);
                answer(response, callback, 200, JSON.createObjectNode().put("ok", true).put("fileId", file.id()));
            } catch (RoomException e) {
                discard(request, body);
                refuse(response, callback, status(e), e);
            }
        } catch (IOException | IllegalArgumentException e) {
            // The client went away, or its query cannot be read.
            LOG.debug("An upload broke: {}", e.toString());
            refuse(response, callback, 400, RoomException.invalid("The file did not come through whole."));
        }
    }

    private StoredFile receive(Request request, InputStream body) throws IOException {
        var token = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .filter(value -> value.startsWith(BEARER))
                .orElseThrow(RoomException::fileNotAllowed)
                .substring(BEARER.length());
        Fields query = Request.extractQueryParameters(request);
        var name = UserText.fileName(Optional.ofNullable(query.getValue("name")).orElse(""));
        return rooms.receive(token, name, type(request), body);
    }

    /**
     * Takes the rest of a small body that is refused. Whoever is answered while he still sends finds the connection
     * closed, and may never see the answer; a large body is not worth that.
     */
    private static void discard(Request request, InputStream body) {
        if (request.getLength() > MOST_DISCARDED) {
            return;
        }
        try {
            body.skipNBytes(Math.max(0, request.getLength()));
        } catch (IOException e) {
            LOG.debug("The rest of a refused upload did not come: {}", e.toString());
        }
    }

    private static String type(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
                .filter(type -> type.length() <= MAX_TYPE && type.matches("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+"))
                .orElse("application/octet-stream");
    }

    private void download(String path, Request request, Response response, Callback callback) throws IOException {
        var parts = path.split("/", -1);
        var found = parts.length == 4 ? rooms.file(parts[2], parts[3]) : Optional.<StoredFile>empty();
        if (found.isEmpty()) {
            refuse(response, callback, 404, RoomException.notFound("file"));
            return;
        }
        var file = found.get();
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, SHOWN.contains(file.type()) ? file.type() : "application/octet-stream");
        headers.put(HttpHeader.CONTENT_LENGTH, file.size());
        headers.put("Content-Disposition", "attachment; filename*=UTF-8''" + encoded(file.name()));
        headers.put("Content-Security-Policy", "sandbox; default-src 'none'");
        headers.put(HttpHeader.CACHE_CONTROL, "private, max-age=3600");
        if (HttpMethod.HEAD.is(request.getMethod())) {
            callback.succeeded();
            return;
        }
        Content.copy(Content.Source.from(file.path()), response, callback);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    }

    private static int status(RoomException e) {
        return switch (e.code()) {
            case "file/too-large" -> 413;
            case "file/not-allowed" -> 403;
            case "limit/reached" -> 429;
            case "server/storage" -> 507;
            default -> 400;
        };
    }

    private static void refuse(Response response, Callback callback, int status, RoomException why) {
        var body = JSON.createObjectNode()
                .put("ok", false)
                .put("code", why.code())
                .put("message", String.valueOf(why.getMessage()));
        answer(response, callback, status, body);
    }

    private static void answer(Response response, Callback callback, int status, Object body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, body + "\n", callback);
    }
}
