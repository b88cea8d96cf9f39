package dev.parley.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the web app, ready to be sent.
 *
 * @param contentType the media type
 * @param cacheControl how long browsers may keep it
 * @param etag changes with the content
 * @param plain the content; a reader takes a duplicate
 * @param gzip the content compressed, where that is worth it
 */
record Asset(String contentType, String cacheControl, String etag, ByteBuffer plain, Optional<ByteBuffer> gzip) {
    private static final int WORTH_COMPRESSING = 1_000;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("ogg", "audio/ogg"));

    /** An asset at this path; what lies in {@code /assets/} has a hash of its content in its name and never changes. */
    static Asset of(String path, byte[] content) {
        var type = TYPES.getOrDefault(extension(path), "application/octet-stream");
        var cache = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
        return new Asset(type, cache, etag(content), ByteBuffer.wrap(content).asReadOnlyBuffer(), gzip(type, content));
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String etag(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Optional<ByteBuffer> gzip(String type, byte[] content) {
        boolean text = type.contains("text/") || type.contains("json") || type.contains("svg") || type.contains("wasm");
        if (!text || content.length < WORTH_COMPRESSING) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream(content.length / 2);
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer());
    }
}
