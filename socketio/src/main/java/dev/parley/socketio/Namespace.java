package dev.parley.socketio;

import dev.parley.socketio.codec.SocketPacket;
import dev.parley.socketio.engine.EngineFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A namespace: a channel of its own, with its own sockets, rooms and rules, over the clients' one connection.
 * Thread-safe.
 */
public final class Namespace {
    private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);

    private final SocketIoServer server;
    private final String name;
    private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, SocketSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, SocketSession> byPid = new ConcurrentHashMap<>();
    private final Rooms rooms = new Rooms();
    private final AtomicLong offsets = new AtomicLong();

    Namespace(SocketIoServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** The name, starting with a slash. */
    public String name() {
        return name;
    }

    /**
     * Adds a check that every client passes before it is connected, in the order of adding. A client that recovers a
     * lost session has passed already and is not asked again.
     */
    public Namespace use(Middleware middleware) {
        middlewares.add(middleware);
        return this;
    }

    /**
     * Adds a listener that gets every socket that connects, on the socket's virtual thread, before any of its events.
     * Register the socket's own listeners here. Called for a recovered session too ({@link Socket#recovered()}).
     */
    public Namespace onConnection(Consumer<Socket> listener) {
        listeners.add(listener);
        return this;
    }

    /** The connected sockets: a snapshot. */
    public Collection<Socket> sockets() {
        return connected(sessions.values());
    }

    /** The connected socket with this id. */
    public Optional<Socket> socket(String id) {
        return session(id).flatMap(SocketSession::socket);
    }

    /** The connected sockets in a room: a snapshot. */
    public Collection<Socket> socketsIn(String room) {
        Set<SocketSession> members = new LinkedHashSet<>(rooms.of(room));
        session(room).ifPresent(members::add);
        return connected(members);
    }

    private static List<Socket> connected(Collection<SocketSession> sessions) {
        List<Socket> sockets = new ArrayList<>();
        sessions.forEach(session -> session.socket().ifPresent(sockets::add));
        return sockets;
    }

    /** Sends to the sockets in any of these rooms; to nobody if there are none. */
    public Emitter to(String... rooms) {
        return Emitter.toAll(this).to(rooms);
    }

    /** Sends to all sockets but those in any of these rooms. */
    public Emitter except(String... rooms) {
        return Emitter.toAll(this).except(rooms);
    }

    /** Sends to all sockets of this process. */
    public Emitter local() {
        return Emitter.toAll(this).local();
    }

    /** Sends an event to all sockets. Arguments as for {@link Socket#emit}. */
    public void emit(String event, Object... arguments) {
        Emitter.toAll(this).emit(event, arguments);
    }

    // ---- inside ----

    SocketIoServer server() {
        return server;
    }

    Rooms rooms() {
        return rooms;
    }

    Collection<SocketSession> sessions() {
        return sessions.values();
    }

    Optional<SocketSession> session(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    Optional<SocketSession> recoverable(String pid) {
        return Optional.ofNullable(byPid.get(pid));
    }

    SocketSession newSession() {
        Settings settings = server.settings();
        if (!settings.recovery()) {
            return new SocketSession(this, server.randomId(), Optional.empty(), Optional.empty());
        }
        // A client may have missed what was sent before its loss was noticed. Half a send queue, so that it fits into
        // one.
        long maxAge = settings.recoveryWindow()
                + settings.engine().pingInterval()
                + settings.engine().pingTimeout();
        ReplayLog log =
                new ReplayLog(maxAge, settings.engine().queuePackets() / 2, settings.engine().queueBytes() / 2);
        return new SocketSession(this, server.randomId(), Optional.of(server.randomId()), Optional.of(log));
    }

    void add(SocketSession session) {
        sessions.put(session.id(), session);
        session.pid().ifPresent(pid -> byPid.put(pid, session));
    }

    void remove(SocketSession session) {
        sessions.remove(session.id(), session);
        session.pid().ifPresent(pid -> byPid.remove(pid, session));
    }

    /** A name for the next packet, by which a client can say how far it has come; empty without recovery. */
    Optional<String> nextOffset() {
        return server.settings().recovery()
                ? Optional.of(Long.toString(offsets.incrementAndGet(), 36))
                : Optional.empty();
    }

    List<EngineFrame> encode(String event, Object[] arguments, Optional<String> offset) {
        return server.encoder().event(name, SocketPacket.NO_ACK, event, arguments, offset);
    }

    /** Asks the middlewares. Runs on the socket's virtual thread. */
    Optional<Refusal> check(Socket socket) {
        for (Middleware middleware : middlewares) {
            try {
                Optional<Refusal> refusal =
                        middleware.check(socket, socket.handshake().auth());
                if (refusal.isPresent()) {
                    return refusal;
                }
            } catch (Exception e) {
                LOG.warn("A middleware failed; the client is refused", e);
                return Optional.of(new Refusal("The server failed to check the connection; try again later."));
            }
        }
        return Optional.empty();
    }

    void connected(Socket socket) {
        for (Consumer<Socket> listener : listeners) {
            try {
                listener.accept(socket);
            } catch (RuntimeException e) {
                LOG.warn("A connection listener failed", e);
            }
        }
    }
}
