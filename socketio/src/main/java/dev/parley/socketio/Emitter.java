package dev.parley.socketio;

/**
 * Sends an event to many sockets of a namespace: a set of rooms (none: everybody) without another set of rooms. Immutable:
 * each method returns a new one. The packet is encoded once, however many sockets get it. Use from any thread.
 */
public final class Emitter {
    Emitter() {}

    /** Adds rooms to send to. A socket in several of them gets the event once. A socket's id is a room of its own. */
    public Emitter to(String... rooms) {
        throw new UnsupportedOperationException();
    }

    /** Leaves out the sockets that are in any of these rooms. A socket's id is a room of its own. */
    public Emitter except(String... rooms) {
        throw new UnsupportedOperationException();
    }

    /** Only the sockets of this process; there is no other yet, so this changes nothing. */
    public Emitter local() {
        return this;
    }

    /** Sends the event. Arguments as for {@link Socket#emit}. */
    public void emit(String event, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    /** Makes the sockets leave the namespace; {@code close} closes their connections too. */
    public void disconnect(boolean close) {
        throw new UnsupportedOperationException();
    }
}
