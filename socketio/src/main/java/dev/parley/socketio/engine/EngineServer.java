package dev.parley.socketio.engine;

import dev.parley.socketio.engine.CloseReason.Kind;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The connections of a server, and which of them a request is for. Thread-safe. */
public final class EngineServer implements AutoCloseable {
    private final EngineConfig config;
    private final OriginPolicy policy;
    private final Timers timers;
    private final LongSupplier clock;
    private final SecureRandom random;
    private final Function<EngineConnection, EngineConnection.Listener> listeners;
    private final Map<String, EngineConnection> connections = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closing;

    /**
     * A server.
     *
     * @param clock     monotonic nanoseconds
     * @param listeners makes the layer above for each new connection
     */
    public EngineServer(
            EngineConfig config,
            OriginPolicy policy,
            Timers timers,
            LongSupplier clock,
            SecureRandom random,
            Function<EngineConnection, EngineConnection.Listener> listeners) {
        this.config = config;
        this.policy = policy;
        this.timers = timers;
        this.clock = clock;
        this.random = random;
        this.listeners = listeners;
    }

    /** The settings. */
    public EngineConfig config() {
        return config;
    }

    /** Whose requests are let in. */
    public OriginPolicy policy() {
        return policy;
    }

    /** The number of open connections. */
    public int size() {
        return connections.size();
    }

    /** The scheduler. */
    public Timers timers() {
        return timers;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Decides what a request is about; a polling handshake opens its connection here. */
    public Route route(EngineRequest request) {
        if (!policy.allows(request)) {
            return new Route.Refused(EngineError.FORBIDDEN);
        }
        if (request.method().equals("OPTIONS") && policy.foreign(request).isPresent()) {
            return new Route.Preflight();
        }
        if (repeats(request, "transport") || repeats(request, "sid") || repeats(request, "EIO")) {
            return new Route.Refused(EngineError.BAD_REQUEST);
        }
        String transport = parameter(request, "transport").orElse("");
        boolean webSocket = transport.equals("websocket");
        if (!webSocket && !transport.equals("polling")) {
            return new Route.Refused(EngineError.UNKNOWN_TRANSPORT);
        }
        Optional<String> sid = parameter(request, "sid");
        return sid.isPresent() ? existing(request, webSocket, sid.get()) : handshake(request, webSocket);
    }

    private Route existing(EngineRequest request, boolean webSocket, String sid) {
        EngineConnection connection = connections.get(sid);
        if (connection == null) {
            return new Route.Refused(EngineError.UNKNOWN_SID);
        }
        if (webSocket != request.upgrade()) {
            return new Route.Refused(EngineError.BAD_REQUEST);
        }
        if (webSocket) {
            return new Route.Upgrade(connection);
        }
        return switch (request.method()) {
            case "GET" -> new Route.Poll(connection);
            case "POST" -> new Route.Post(connection);
            default -> new Route.Refused(EngineError.BAD_REQUEST);
        };
    }

    private Route handshake(EngineRequest request, boolean webSocket) {
        if (!request.method().equals("GET")) {
            return new Route.Refused(EngineError.BAD_HANDSHAKE_METHOD);
        }
        if (webSocket != request.upgrade()) {
            return new Route.Refused(EngineError.BAD_REQUEST);
        }
        if (!parameter(request, "EIO").equals(Optional.of("4"))) {
            return new Route.Refused(EngineError.UNSUPPORTED_VERSION);
        }
        if (closing || connections.size() >= config.maxConnections()) {
            return new Route.Refused(EngineError.UNAVAILABLE);
        }
        if (webSocket) {
            return new Route.OpenWebSocket();
        }
        return open(request, false)
                .<Route>map(Route.Poll::new)
                .orElseGet(() -> new Route.Refused(EngineError.UNAVAILABLE));
    }

    /** Opens a connection; empty if there are too many, or the server is closing. */
    public Optional<EngineConnection> open(EngineRequest request, boolean webSocket) {
        if (count.incrementAndGet() > config.maxConnections()) {
            count.decrementAndGet();
            return Optional.empty();
        }
        String sid = randomId();
        EngineConnection connection = new EngineConnection(sid, request, this, webSocket, listeners);
        connections.put(sid, connection);
        // Arms the ping timer: also for a client that never says anything again.
        connection.start();
        if (closing) {
            connection.close(Kind.SHUTDOWN, "the server is closing");
        }
        return Optional.of(connection);
    }

    /** 20 characters, 120 bits. */
    public String randomId() {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void remove(EngineConnection connection) {
        if (connections.remove(connection.sid()) != null) {
            count.decrementAndGet();
        }
    }

    /** Ends all connections and refuses new ones. */
    @Override
    public void close() {
        closing = true;
        for (EngineConnection connection : connections.values()) {
            connection.close(Kind.SHUTDOWN, "the server is closing");
        }
    }

    private static boolean repeats(EngineRequest request, String name) {
        return request.query().getOrDefault(name, List.of()).size() > 1;
    }

    private static Optional<String> parameter(EngineRequest request, String name) {
        List<String> values = request.query().getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }
}
