package dev.parley.socketio;

import dev.parley.socketio.engine.EngineFrame;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends an event to many sockets of a namespace: a set of rooms, or everybody, without another set of rooms.
 * Immutable: each method returns a new one. The packet is encoded once, however many sockets get it. Use from any
 * thread.
 */
public final class Emitter {
    private final Namespace namespace;
    private final Optional<Set<String>> rooms;
    private final Set<String> except;

    private Emitter(Namespace namespace, Optional<Set<String>> rooms, Set<String> except) {
        this.namespace = namespace;
        this.rooms = rooms;
        this.except = except;
    }

    static Emitter toAll(Namespace namespace) {
        return new Emitter(namespace, Optional.empty(), Set.of());
    }

    /**
     * Adds rooms to send to. A socket in several of them gets the event once. A socket's id is a room of its own. No
     * rooms at all means nobody.
     */
    public Emitter to(String... more) {
        return new Emitter(namespace, Optional.of(union(rooms.orElse(Set.of()), more)), except);
    }

    /** Leaves out the sockets that are in any of these rooms. A socket's id is a room of its own. */
    public Emitter except(String... more) {
        return new Emitter(namespace, rooms, union(except, more));
    }

    /** Only the sockets of this process; there is no other yet, so this changes nothing. */
    public Emitter local() {
        return this;
    }

    /**
     * Sends the event. Arguments as for {@link Socket#emit}.
     *
     * @throws IllegalArgumentException if an argument cannot be written, or there are more than 10 binary values
     */
    public void emit(String event, Object... arguments) {
        Optional<String> offset = namespace.nextOffset();
        List<EngineFrame> frames = namespace.encode(event, arguments, offset);
        for (SocketSession session : targets()) {
            if (!isLeftOut(session)) {
                session.deliver(frames, offset);
            }
        }
    }

    /** Makes the sockets leave the namespace; {@code close} closes their connections too. */
    public void disconnect(boolean close) {
        for (SocketSession session : List.copyOf(targets())) {
            if (!isLeftOut(session)) {
                session.socket().ifPresent(socket -> socket.disconnect(close));
            }
        }
    }

    private Collection<SocketSession> targets() {
        if (rooms.isEmpty()) {
            return namespace.sessions();
        }
        Set<SocketSession> targets = new LinkedHashSet<>();
        for (String room : rooms.get()) {
            targets.addAll(namespace.rooms().of(room));
            namespace.session(room).ifPresent(targets::add);
        }
        return targets;
    }

    private boolean isLeftOut(SocketSession session) {
        for (String room : except) {
            if (session.isIn(room)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> union(Set<String> set, String... more) {
        Set<String> union = new HashSet<>(set);
        union.addAll(List.of(more));
        return Set.copyOf(union);
    }
}
