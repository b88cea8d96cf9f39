package dev.parley.socketio;

import dev.parley.socketio.DisconnectReason.Cause;
import dev.parley.socketio.codec.Decoded;
import dev.parley.socketio.codec.PacketDecoder;
import dev.parley.socketio.codec.SocketPacket;
import dev.parley.socketio.engine.CloseReason;
import dev.parley.socketio.engine.CloseReason.Kind;
import dev.parley.socketio.engine.EngineConnection;
import dev.parley.socketio.engine.EnginePacket;
import dev.parley.socketio.engine.TokenBucket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * One connection, over which a client is in any number of namespaces. Everything here runs in the connection's mailbox.
 */
final class Client implements EngineConnection.Listener {
    private final SocketIoServer server;
    private final EngineConnection connection;
    private final PacketDecoder decoder;
    private final TokenBucket rate;
    private final Map<String, Socket> sockets = new HashMap<>();
    /** Namespaces it was in: packets for them may still be on their way. */
    private final Set<String> left = new HashSet<>();

    private @Nullable Future<?> connectTimer;
    private boolean closed;

    Client(SocketIoServer server, EngineConnection connection) {
        Settings settings = server.settings();
        this.server = server;
        this.connection = connection;
        this.decoder = new PacketDecoder(server.json(), settings.engine().maxPayload());
        this.rate = new TokenBucket(settings.eventsPerSecond(), settings.eventBurst(), server.now());
        armConnectTimer();
    }

    EngineConnection connection() {
        return connection;
    }

    @Override
    public void message(EnginePacket packet) {
        if (closed) {
            return;
        }
        Decoded decoded = switch (packet) {
            case EnginePacket.Text text -> decoder.text(text.data());
            case EnginePacket.Binary binary -> decoder.binary(binary.data());
        };
        switch (decoded) {
            case Decoded.Malformed malformed -> connection.close(Kind.PARSE_ERROR, malformed.why());
            case Decoded.Incomplete incomplete -> {}
            case Decoded.Complete complete -> {
                if (rate.take(server.now())) {
                    handle(complete.packet());
                } else {
                    connection.close(Kind.LIMIT, "too many events a second");
                }
            }
        }
    }

    private void handle(SocketPacket packet) {
        if (packet instanceof SocketPacket.Connect connect) {
            connect(connect);
            return;
        }
        Socket socket = sockets.get(packet.namespace());
        if (socket == null || !socket.begun()) {
            if (socket != null || !left.contains(packet.namespace())) {
                connection.close(Kind.PARSE_ERROR, "a packet for a namespace that is not connected");
            }
            return;
        }
        switch (packet) {
            case SocketPacket.Event event -> {
                if (!socket.receive(event)) {
                    connection.close(Kind.LIMIT, "too many events wait for their listeners");
                }
            }
            case SocketPacket.Ack ack -> socket.acknowledged(ack);
            case SocketPacket.Disconnect disconnect -> {
                forget(socket);
                socket.session().end(socket, new DisconnectReason(Cause.CLIENT_NAMESPACE_DISCONNECT));
            }
            case SocketPacket.Connect connect -> throw new AssertionError();
        }
    }

    private void connect(SocketPacket.Connect packet) {
        Optional<Namespace> found = server.find(packet.namespace());
        if (found.isEmpty()) {
            connection.send(server.encoder()
                    .connectError(packet.namespace(), "Invalid namespace", NullNode.getInstance()));
            return;
        }
        if (sockets.containsKey(packet.namespace())) {
            connection.close(Kind.PARSE_ERROR, "connected to a namespace twice");
            return;
        }
        Namespace namespace = found.get();
        Optional<SocketSession> lost = string(packet.auth().path("pid")).flatMap(namespace::recoverable);
        if (lost.isPresent()) {
            Socket socket = new Socket(lost.get(), namespace, this, handshake(packet), true);
            sockets.put(namespace.name(), socket);
            lost.get().resume(
                    socket,
                    string(packet.auth().path("offset")),
                    () -> connection.execute(() -> startFresh(namespace, packet, socket)));
        } else {
            start(namespace, packet);
        }
    }

    private void startFresh(Namespace namespace, SocketPacket.Connect packet, Socket instead) {
        if (!closed && sockets.remove(namespace.name(), instead)) {
            start(namespace, packet);
        }
    }

    private void start(Namespace namespace, SocketPacket.Connect packet) {
        Socket socket = new Socket(namespace.newSession(), namespace, this, handshake(packet), false);
        sockets.put(namespace.name(), socket);
        socket.session().executor().execute(() -> {
            Optional<Refusal> refusal = namespace.check(socket);
            if (refusal.isPresent()) {
                connection.execute(() -> refuse(socket, refusal.get()));
            } else {
                socket.session().begin(socket);
            }
        });
    }

    private void refuse(Socket socket, Refusal refusal) {
        if (sockets.remove(socket.namespace().name(), socket)) {
            connection.send(server.encoder()
                    .connectError(socket.namespace().name(), refusal.message(), refusal.data()));
            armConnectTimer();
        }
    }

    private Handshake handshake(SocketPacket.Connect packet) {
        return server.handshake(connection.request(), packet.auth());
    }

    /** The socket has left its namespace. */
    void forget(Socket socket) {
        if (sockets.remove(socket.namespace().name(), socket)) {
            left.add(socket.namespace().name());
            armConnectTimer();
        }
    }

    /** Leaves all namespaces and closes the connection when that has been said. */
    void disconnectAll() {
        for (Socket socket : List.copyOf(sockets.values())) {
            socket.disconnect(false);
        }
        connection.drain(Kind.FORCED_CLOSE, "disconnected by the server");
    }

    private void armConnectTimer() {
        if (connectTimer == null && sockets.isEmpty() && !closed) {
            connectTimer = server.timers()
                    .schedule(server.settings().connectTimeout(), () -> connection.execute(this::connectTimeout));
        }
    }

    private void connectTimeout() {
        connectTimer = null;
        if (sockets.isEmpty() && !closed) {
            connection.close(Kind.FORCED_CLOSE, "no namespace was joined in time");
        }
    }

    @Override
    public void closed(CloseReason reason) {
        closed = true;
        if (connectTimer != null) {
            connectTimer.cancel(false);
        }
        DisconnectReason why = new DisconnectReason(cause(reason.kind()), reason.closeCode(), reason.detail());
        sockets.values().forEach(socket -> socket.session().end(socket, why));
        sockets.clear();
    }

    private static Cause cause(Kind kind) {
        return switch (kind) {
            case TRANSPORT_CLOSE -> Cause.TRANSPORT_CLOSE;
            case TRANSPORT_ERROR, TOO_BIG -> Cause.TRANSPORT_ERROR;
            case PING_TIMEOUT -> Cause.PING_TIMEOUT;
            case PARSE_ERROR -> Cause.PARSE_ERROR;
            case FORCED_CLOSE, LIMIT -> Cause.FORCED_SERVER_CLOSE;
            case SHUTDOWN -> Cause.SERVER_SHUTTING_DOWN;
        };
    }

    private static Optional<String> string(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }
}
