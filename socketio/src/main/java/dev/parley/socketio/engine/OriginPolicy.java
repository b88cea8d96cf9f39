package dev.parley.socketio.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whose web pages may speak to the server. The Host header must be one of ours (against DNS rebinding); the Origin
 * header, which only browsers send, must be this very server or one that was allowed (against pages of others, whom
 * neither WebSocket nor a simple POST would stop). {@code Origin: null} (sandboxed frames, files) is foreign.
 */
public final class OriginPolicy {
    private final Predicate<String> hosts;
    private final Predicate<String> origins;

    /** A policy: which hosts are ours, and which foreign origins are let in. */
    public OriginPolicy(Predicate<String> hosts, Predicate<String> origins) {
        this.hosts = hosts;
        this.origins = origins;
    }

    /** Whether the request is let in. */
    public boolean allows(EngineRequest request) {
        List<String> host = request.header("host");
        List<String> origin = request.header("origin");
        if (host.size() != 1 || !hosts.test(host.getFirst()) || origin.size() > 1) {
            return false;
        }
        return origin.isEmpty() || isOwn(origin.getFirst(), host.getFirst(), request.secure())
                || origins.test(origin.getFirst());
    }

    /** The foreign origin to name in CORS headers; call it for allowed requests only. */
    public Optional<String> foreign(EngineRequest request) {
        List<String> host = request.header("host");
        List<String> origin = request.header("origin");
        if (host.size() != 1 || origin.size() != 1 || isOwn(origin.getFirst(), host.getFirst(), request.secure())) {
            return Optional.empty();
        }
        return Optional.of(origin.getFirst());
    }

    private static boolean isOwn(String origin, String host, boolean secure) {
        String scheme = secure ? "https://" : "http://";
        String port = secure ? ":443" : ":80";
        String bare = host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
        return origin.toLowerCase(Locale.ROOT).equals(scheme + bare.toLowerCase(Locale.ROOT));
    }
}
