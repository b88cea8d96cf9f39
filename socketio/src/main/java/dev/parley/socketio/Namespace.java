package dev.parley.socketio;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** A namespace: a channel of its own, with its own sockets, rooms and rules, over the clients' one connection. Thread-safe. */
public final class Namespace {
    Namespace() {}

    /** The name, starting with a slash. */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /** Adds a check that every client passes before it is connected, in the order of adding. */
    public Namespace use(Middleware middleware) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a listener that gets every socket that connects, on the socket's virtual thread, before any of its events.
     * Register the socket's own listeners here.
     */
    public Namespace onConnection(Consumer<Socket> listener) {
        throw new UnsupportedOperationException();
    }

    /** The connected sockets: a snapshot. */
    public Collection<Socket> sockets() {
        throw new UnsupportedOperationException();
    }

    /** The connected socket with this id. */
    public Optional<Socket> socket(String id) {
        throw new UnsupportedOperationException();
    }

    /** The connected sockets in a room: a snapshot. */
    public Collection<Socket> socketsIn(String room) {
        throw new UnsupportedOperationException();
    }

    /** Sends to the sockets in any of these rooms. */
    public Emitter to(String... rooms) {
        throw new UnsupportedOperationException();
    }

    /** Sends to all sockets but those in any of these rooms. */
    public Emitter except(String... rooms) {
        throw new UnsupportedOperationException();
    }

    /** Sends to all sockets of this process. */
    public Emitter local() {
        throw new UnsupportedOperationException();
    }

    /** Sends an event to all sockets. Arguments as for {@link Socket#emit}. */
    public void emit(String event, Object... arguments) {
        throw new UnsupportedOperationException();
    }
}
