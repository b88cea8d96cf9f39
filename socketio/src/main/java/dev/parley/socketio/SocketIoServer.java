package dev.parley.socketio;

import java.time.Duration;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/** A Socket.IO server. Thread-safe. Put it on the network with {@code dev.parley.socketio.jetty.SocketIoHandler}. */
public final class SocketIoServer implements AutoCloseable {
    SocketIoServer() {}

    /** Starts to describe a server; {@link Builder#build()} makes it. */
    public static Builder builder() {
        return new Builder();
    }

    /** The namespace of this name (which starts with a slash; {@code "/"} is the main one), made at its first mention. */
    public Namespace namespace(String name) {
        throw new UnsupportedOperationException();
    }

    /** The path on which it answers, for example {@code /socket.io/}. */
    public String path() {
        throw new UnsupportedOperationException();
    }

    /** The number of open connections. */
    public int connections() {
        throw new UnsupportedOperationException();
    }

    /** Ends every connection with {@code "server shutting down"} and takes no new ones. Idempotent. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** The settings of a server, with their defaults. */
    public static final class Builder {
        Builder() {}

        /** The path, starting and ending with a slash. Default {@code /socket.io/}. */
        public Builder path(String path) {
            return this;
        }

        /** Time between two pings. Default 25 s. */
        public Builder pingInterval(Duration interval) {
            return this;
        }

        /** Time that the client has to answer a ping. Default 20 s. */
        public Builder pingTimeout(Duration timeout) {
            return this;
        }

        /** Time that a client has to connect to a namespace. Default 45 s. */
        public Builder connectTimeout(Duration timeout) {
            return this;
        }

        /** Time that an upgrade from polling to WebSocket may take. Default 10 s. */
        public Builder upgradeTimeout(Duration timeout) {
            return this;
        }

        /** Most bytes in one polling payload or WebSocket message from a client. Default 1,000,000. */
        public Builder maxPayload(int bytes) {
            return this;
        }

        /**
         * Whether a foreign {@code Origin} header (as the browser sends it, for example {@code https://example.org}) is let
         * in. The server's own origin always is, and so is a request without one (not from a web page). Default: none.
         */
        public Builder allowOrigin(Predicate<String> predicate) {
            return this;
        }

        /** Whether a {@code Host} header (host, and port if not the default one) is ours. Default: any. */
        public Builder allowHost(Predicate<String> predicate) {
            return this;
        }

        /** How long a lost connection can be recovered, with what it missed. Zero (the default) turns recovery off. */
        public Builder recoveryWindow(Duration window) {
            return this;
        }

        /** Events and acknowledgements that one connection may send: a token bucket. Default 100 a second, bursts of 300. */
        public Builder eventRate(double perSecond, int burst) {
            return this;
        }

        /** What may wait to be sent to one connection before it is closed as too slow. Default 2,048 and 8 MiB. */
        public Builder sendQueue(int packets, int bytes) {
            return this;
        }

        /** Connections at once; more are refused with HTTP 503. Default 10,000. */
        public Builder maxConnections(int connections) {
            return this;
        }

        /** Writes the arguments of events. Default: an empty Optional is left out. */
        public Builder mapper(JsonMapper mapper) {
            return this;
        }

        /** Makes the server. */
        public SocketIoServer build() {
            return new SocketIoServer();
        }
    }
}
