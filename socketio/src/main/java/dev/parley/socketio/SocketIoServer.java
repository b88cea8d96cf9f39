package dev.parley.socketio;

import dev.parley.socketio.codec.Json;
import dev.parley.socketio.codec.PacketEncoder;
import dev.parley.socketio.engine.EngineConfig;
import dev.parley.socketio.engine.EngineRequest;
import dev.parley.socketio.engine.EngineServer;
import dev.parley.socketio.engine.OriginPolicy;
import dev.parley.socketio.engine.Timers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Socket.IO server. Thread-safe. Put it on the network with {@code dev.parley.socketio.jetty.SocketIoHandler}. */
public final class SocketIoServer implements AutoCloseable {
    private final Settings settings;
    private final Timers timers = new Timers();
    private final Json json;
    private final PacketEncoder encoder;
    private final EngineServer engine;
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();

    SocketIoServer(Settings settings) {
        this.settings = settings;
        this.json = new Json(settings.engine().maxPayload());
        this.encoder = new PacketEncoder(settings.mapper());
        this.engine = new EngineServer(
                settings.engine(),
                new OriginPolicy(settings.hosts(), settings.origins()),
                timers,
                System::nanoTime,
                new SecureRandom(),
                connection -> new Client(this, connection));
        namespace("/");
    }

    /** Starts to describe a server; {@link Builder#build()} makes it. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The namespace of this name, made at its first mention; {@code "/"} is the main one, which always exists.
     *
     * @throws IllegalArgumentException if the name does not start with a slash, contains a comma, or is longer than 128
     */
    public Namespace namespace(String name) {
        if (!name.startsWith("/") || name.contains(",") || name.length() > 128) {
            throw new IllegalArgumentException(
                    "A namespace starts with a slash, contains no comma and has at most 128 characters: " + name);
        }
        return namespaces.computeIfAbsent(name, n -> new Namespace(this, n));
    }

    /** The path on which it answers, for example {@code /socket.io/}. */
    public String path() {
        return settings.path();
    }

    /** The number of open connections. */
    public int connections() {
        return engine.size();
    }

    /** Ends every connection with {@code "server shutting down"} and takes no new ones. Idempotent. */
    @Override
    public void close() {
        engine.close();
        timers.close();
    }

    /** The layer below, for a binding to an HTTP server in this module. */
    public EngineServer engine() {
        return engine;
    }

    // ---- inside ----

    Settings settings() {
        return settings;
    }

    Timers timers() {
        return timers;
    }

    Json json() {
        return json;
    }

    PacketEncoder encoder() {
        return encoder;
    }

    long now() {
        return System.nanoTime();
    }

    String randomId() {
        return engine.randomId();
    }

    Optional<Namespace> find(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    Handshake handshake(EngineRequest request, JsonNode auth) {
        return new Handshake(
                request.remoteAddress(), request.secure(), request.headers(), request.query(), auth, Instant.now());
    }

    /** The settings of a server, with their defaults. */
    public static final class Builder {
        private final Settings defaults = Settings.defaults();
        private final EngineConfig engine = defaults.engine();
        private String path = defaults.path();
        private long pingInterval = engine.pingInterval();
        private long pingTimeout = engine.pingTimeout();
        private long connectTimeout = defaults.connectTimeout();
        private long upgradeTimeout = engine.upgradeTimeout();
        private long recoveryWindow = defaults.recoveryWindow();
        private int maxPayload = engine.maxPayload();
        private int queuePackets = engine.queuePackets();
        private int queueBytes = (int) engine.queueBytes();
        private int maxConnections = engine.maxConnections();
        private double eventsPerSecond = defaults.eventsPerSecond();
        private int eventBurst = defaults.eventBurst();
        private Predicate<String> hosts = defaults.hosts();
        private Predicate<String> origins = defaults.origins();
        private JsonMapper mapper = defaults.mapper();

        Builder() {}

        /** The path, starting and ending with a slash. Default {@code /socket.io/}. */
        public Builder path(String path) {
            if (!path.startsWith("/") || !path.endsWith("/")) {
                throw new IllegalArgumentException("The path starts and ends with a slash: " + path);
            }
            this.path = path;
            return this;
        }

        /** Time between two pings. Default 25 s. */
        public Builder pingInterval(Duration interval) {
            pingInterval = positive(interval.toNanos(), "pingInterval");
            return this;
        }

        /** Time that the client has to answer a ping. Default 20 s. */
        public Builder pingTimeout(Duration timeout) {
            pingTimeout = positive(timeout.toNanos(), "pingTimeout");
            return this;
        }

        /** Time that a client has to connect to a namespace. Default 45 s. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive(timeout.toNanos(), "connectTimeout");
            return this;
        }

        /** Time that an upgrade from polling to WebSocket may take. Default 10 s. */
        public Builder upgradeTimeout(Duration timeout) {
            upgradeTimeout = positive(timeout.toNanos(), "upgradeTimeout");
            return this;
        }

        /** Most bytes in one polling payload or WebSocket message from a client. Default 1,000,000. */
        public Builder maxPayload(int bytes) {
            maxPayload = (int) positive(bytes, "maxPayload");
            return this;
        }

        /**
         * Whether a foreign {@code Origin} header (as the browser sends it, for example {@code https://example.org})
         * is let in. The server's own origin always is, and so is a request without one (not from a web page).
         * Default: none.
         */
        public Builder allowOrigin(Predicate<String> predicate) {
            origins = predicate;
            return this;
        }

        /** Whether a {@code Host} header (host, and port if not the default one) is ours. Default: any. */
        public Builder allowHost(Predicate<String> predicate) {
            hosts = predicate;
            return this;
        }

        /** How long a lost connection can be recovered, with what it missed. Zero (the default) turns recovery off. */
        public Builder recoveryWindow(Duration window) {
            recoveryWindow = Math.max(0, window.toNanos());
            return this;
        }

        /**
         * Events and acknowledgements that one connection may send: a token bucket. Default 100 a second, bursts of
         * 300.
         */
        public Builder eventRate(double perSecond, int burst) {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("eventRate must be positive");
            }
            eventsPerSecond = perSecond;
            eventBurst = (int) positive(burst, "burst of eventRate");
            return this;
        }

        /** What may wait to be sent to one connection before it is closed as too slow. Default 2,048 and 8 MiB. */
        public Builder sendQueue(int packets, int bytes) {
            queuePackets = (int) positive(packets, "packets of sendQueue");
            queueBytes = (int) positive(bytes, "bytes of sendQueue");
            return this;
        }

        /** Connections at once; more are refused with HTTP 503. Default 10,000. */
        public Builder maxConnections(int connections) {
            maxConnections = (int) positive(connections, "maxConnections");
            return this;
        }

        /** Writes the arguments of events. Default: an empty Optional is left out. */
        public Builder mapper(JsonMapper mapper) {
            this.mapper = mapper;
            return this;
        }

        /** Makes the server. */
        public SocketIoServer build() {
            // Heartbeats and answers are packets too: leave them room beside the events.
            int packetRate = (int) Math.max(engine.packetRate(), 2 * eventsPerSecond);
            return new SocketIoServer(new Settings(
                    new EngineConfig(
                            pingInterval,
                            pingTimeout,
                            upgradeTimeout,
                            maxPayload,
                            queuePackets,
                            queueBytes,
                            packetRate,
                            maxConnections),
                    path,
                    connectTimeout,
                    recoveryWindow,
                    eventsPerSecond,
                    eventBurst,
                    hosts,
                    origins,
                    mapper));
        }

        private static long positive(long value, String name) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive");
            }
            return value;
        }
    }
}
