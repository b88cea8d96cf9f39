package dev.parley.socketio;

import dev.parley.socketio.codec.SocketPacket;
import dev.parley.socketio.engine.EngineFrame;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * One client in one namespace. All methods may be called from any thread; none of them blocks.
 *
 * <p>Arguments of events are anything that Jackson can write: strings, numbers, records, maps, lists, {@link
 * JsonNode}s. An empty {@link Optional} (or a null) in a record is left out. A {@code byte[]}, at any depth, travels
 * as binary (at most 10 in one packet) and must not be changed afterwards.
 */
public final class Socket {
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    private final SocketSession session;
    private final Namespace namespace;
    private final Client client;
    private final Handshake handshake;
    private final boolean recovered;
    private final Acks acks;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final List<Consumer<DisconnectReason>> disconnectListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Listener otherListener;
    private volatile boolean begun;
    private volatile @Nullable DisconnectReason end;
    private boolean listenersRun;

    Socket(SocketSession session, Namespace namespace, Client client, Handshake handshake, boolean recovered) {
        this.session = session;
        this.namespace = namespace;
        this.client = client;
        this.handshake = handshake;
        this.recovered = recovered;
        this.acks = new Acks(namespace.server().timers(), session.executor());
    }

    /** The session id that the client also sees: random and unguessable, but not a secret towards other clients. */
    public String id() {
        return session.id();
    }

    /** The namespace it is in. */
    public Namespace namespace() {
        return namespace;
    }

    /** What is known from the opening request, and the client's {@code auth}. */
    public Handshake handshake() {
        return handshake;
    }

    /** Whether it is connected: false before the middlewares have passed and after the disconnection. */
    public boolean connected() {
        return begun && end == null;
    }

    /** Whether this socket continues a lost one: same id, rooms and attachment, and missed events were sent again. */
    public boolean recovered() {
        return recovered;
    }

    /** {@code "polling"} or {@code "websocket"}: what carries the connection now. */
    public String transport() {
        return client.connection().transport();
    }

    /** Sets the listener of an event; it replaces an earlier one of the same name. */
    public Socket on(String event, Listener listener) {
        listeners.put(event, listener);
        return this;
    }

    /** Sets the listener of the events that have none of their own. Without it they are dropped. */
    public Socket onOther(Listener listener) {
        otherListener = listener;
        return this;
    }

    /**
     * Adds a listener of the end of this socket: called once, after the last event, on the socket's virtual thread;
     * at once on the caller's if the others have been called already. Not called for a client that a middleware
     * turned away.
     */
    public Socket onDisconnect(Consumer<DisconnectReason> listener) {
        DisconnectReason reason = end;
        synchronized (disconnectListeners) {
            if (!listenersRun || reason == null) {
                disconnectListeners.add(listener);
                return this;
            }
        }
        listener.accept(reason);
        return this;
    }

    /**
     * Sends an event. Dropped if the socket is not connected.
     *
     * @throws IllegalArgumentException if an argument cannot be written, or there are more than 10 binary values
     */
    public void emit(String event, Object... arguments) {
        if (connected()) {
            Optional<String> offset = namespace.nextOffset();
            session.deliver(this, namespace.encode(event, arguments, offset), offset);
        }
    }

    /**
     * Sends an event and waits for the client's acknowledgement, without blocking.
     *
     * @return completed with the acknowledgement's arguments; fails with a {@link
     *     java.util.concurrent.TimeoutException}
     *     after {@code timeout}, or with a {@link SocketClosedException} when the socket ends first. What depends on
     *     it runs on
     *     the socket's virtual thread: to wait for it inside a {@link Listener} of the same socket is to wait in vain
     * @throws IllegalArgumentException as for {@link #emit}
     */
    public CompletableFuture<List<JsonNode>> emitWithAck(Duration timeout, String event, Object... arguments) {
        Acks.Pending pending = acks.expect(timeout);
        List<EngineFrame> frames;
        try {
            frames = namespace
                    .server()
                    .encoder()
                    .event(namespace.name(), pending.id(), event, arguments, Optional.empty());
        } catch (IllegalArgumentException e) {
            pending.future().completeExceptionally(e);
            throw e;
        }
        session.deliver(this, frames, Optional.empty());
        DisconnectReason reason = end;
        if (reason != null) {
            acks.failAll(reason);
        }
        return pending.future();
    }

    /** Enters a room. Without effect unless connected. */
    public void join(String room) {
        if (connected()) {
            session.join(room);
        }
    }

    /** Leaves a room. */
    public void leave(String room) {
        if (connected()) {
            session.leave(room);
        }
    }

    /** The rooms it is in, its own id among them: a snapshot. */
    public Set<String> rooms() {
        Set<String> rooms = new HashSet<>(session.rooms());
        rooms.add(id());
        return rooms;
    }

    /** Sends to the others in these rooms: not to this socket. */
    public Emitter to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Sends to all others in the namespace: not to this socket. */
    public Emitter broadcast() {
        return Emitter.toAll(namespace).except(id());
    }

    /**
     * Leaves the namespace; the client sees {@code "io server disconnect"} and does not reconnect by itself.
     *
     * @param close also closes the connection, and with it the client's other namespaces
     */
    public void disconnect(boolean close) {
        session.disconnect(
                this,
                () -> {
                    client.connection().send(namespace.server().encoder().disconnect(namespace.name()));
                    client.connection().execute(() -> client.forget(this));
                },
                () -> {
                    if (close) {
                        client.connection().execute(client::disconnectAll);
                    }
                });
    }

    /** Attaches an object of the application, in place of an earlier one. It survives recovery. */
    public void attach(Object attachment) {
        session.attach(attachment);
    }

    /** The attached object. */
    public Optional<Object> attachment() {
        return session.attachment();
    }

    /** The attached object, if it is of this type. */
    public <T> Optional<T> attachment(Class<T> type) {
        return session.attachment().filter(type::isInstance).map(type::cast);
    }

    // ---- inside ----

    Client client() {
        return client;
    }

    SocketSession session() {
        return session;
    }

    boolean begun() {
        return begun;
    }

    boolean ended() {
        return end != null;
    }

    void markConnected() {
        begun = true;
    }

    void markEnded(DisconnectReason reason) {
        end = reason;
        acks.failAll(reason);
    }

    /** An event from the client. False if too many wait already. */
    boolean receive(SocketPacket.Event event) {
        if (session.executor().size() > Settings.PENDING_EVENTS) {
            return false;
        }
        session.executor().execute(() -> dispatch(event));
        return true;
    }

    void acknowledged(SocketPacket.Ack ack) {
        acks.complete(ack.ackId(), ack.arguments());
    }

    private void dispatch(SocketPacket.Event event) {
        Listener listener = listeners.get(event.event());
        if (listener == null) {
            listener = otherListener;
        }
        if (listener == null) {
            LOG.debug("An event without listener is dropped");
            return;
        }
        try {
            listener.on(new EventCall(this, event.event(), event.arguments(), event.ackId()));
        } catch (Exception e) {
            LOG.warn("A listener of an event failed", e);
        }
    }

    void runDisconnectListeners(DisconnectReason reason) {
        List<Consumer<DisconnectReason>> all;
        synchronized (disconnectListeners) {
            listenersRun = true;
            all = List.copyOf(disconnectListeners);
        }
        for (Consumer<DisconnectReason> listener : all) {
            try {
                listener.accept(reason);
            } catch (RuntimeException e) {
                LOG.warn("A listener of the disconnection failed", e);
            }
        }
    }
}
