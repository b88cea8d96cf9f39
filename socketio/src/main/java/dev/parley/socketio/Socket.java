package dev.parley.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace. All methods may be called from any thread; none of them blocks.
 *
 * <p>Arguments of events are anything that Jackson can write: strings, numbers, records, maps, lists, {@link JsonNode}s. An empty
 * {@link Optional} in a record is left out. A {@code byte[]}, at any depth, travels as binary (at most 10 in one packet).
 */
public final class Socket {
    Socket() {}

    /** The session id that the client also sees: random and unguessable, but not a secret towards other clients. */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /** The namespace it is in. */
    public Namespace namespace() {
        throw new UnsupportedOperationException();
    }

    /** What is known from the opening request, and the client's {@code auth}. */
    public Handshake handshake() {
        throw new UnsupportedOperationException();
    }

    /** Whether it is connected: false before the middlewares have passed and after the disconnection. */
    public boolean connected() {
        throw new UnsupportedOperationException();
    }

    /** Whether this socket continues a lost one: same id, rooms and attachment, and missed events were sent again. */
    public boolean recovered() {
        throw new UnsupportedOperationException();
    }

    /** {@code "polling"} or {@code "websocket"}: what carries the connection now. */
    public String transport() {
        throw new UnsupportedOperationException();
    }

    /** Sets the listener of an event; it replaces an earlier one of the same name. */
    public Socket on(String event, Listener listener) {
        throw new UnsupportedOperationException();
    }

    /** Sets the listener of the events that have none of their own. Without it they are dropped. */
    public Socket onOther(Listener listener) {
        throw new UnsupportedOperationException();
    }

    /** Adds a listener of the end of this socket; called once, after the last event. Called at once if it has ended. */
    public Socket onDisconnect(Consumer<DisconnectReason> listener) {
        throw new UnsupportedOperationException();
    }

    /** Sends an event. Dropped if the socket has ended. */
    public void emit(String event, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends an event and waits for the client's acknowledgement, without blocking.
     *
     * @return completed with the acknowledgement's arguments; fails with a {@link java.util.concurrent.TimeoutException}
     *     after {@code timeout}, or with a {@link SocketClosedException} when the socket ends first
     */
    public CompletableFuture<List<JsonNode>> emitWithAck(Duration timeout, String event, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    /** Enters a room. Without effect once disconnected. */
    public void join(String room) {
        throw new UnsupportedOperationException();
    }

    /** Leaves a room. */
    public void leave(String room) {
        throw new UnsupportedOperationException();
    }

    /** The rooms it is in, its own id among them: a snapshot. */
    public Set<String> rooms() {
        throw new UnsupportedOperationException();
    }

    /** Sends to the others in these rooms: not to this socket. */
    public Emitter to(String... rooms) {
        throw new UnsupportedOperationException();
    }

    /** Sends to all others in the namespace: not to this socket. */
    public Emitter broadcast() {
        throw new UnsupportedOperationException();
    }

    /**
     * Leaves the namespace; the client sees {@code "io server disconnect"} and does not reconnect by itself.
     *
     * @param close also closes the connection, and with it the client's other namespaces
     */
    public void disconnect(boolean close) {
        throw new UnsupportedOperationException();
    }

    /** Attaches an object of the application, in place of an earlier one. It survives recovery. */
    public void attach(Object attachment) {
        throw new UnsupportedOperationException();
    }

    /** The attached object. */
    public Optional<Object> attachment() {
        throw new UnsupportedOperationException();
    }

    /** The attached object, if it is of this type. */
    public <T> Optional<T> attachment(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
