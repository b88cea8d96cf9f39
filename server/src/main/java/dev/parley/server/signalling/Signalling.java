package dev.parley.server.signalling;

import dev.parley.server.config.ServerConfig;
import dev.parley.server.Version;
import dev.parley.server.http.ClientAddress;
import dev.parley.server.reach.IceServers;
import dev.parley.server.room.ConnectionEnd;
import dev.parley.server.room.RoomException;
import dev.parley.server.room.RoomRegistry;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuException;
import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.EventCall;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Socket;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers clients' requests, one after the other for each client, on that client's virtual thread. */
public final class Signalling {
    private static final Logger LOG = LoggerFactory.getLogger(Signalling.class);

    private final ClientAddress addresses;
    private final RoomHandlers rooms;
    private final IceRenewal iceServers;
    private final TransportHandlers transports;
    private final Probes probes;
    private final MediaHandlers media = new MediaHandlers();
    private final TalkHandlers talk = new TalkHandlers();
    private final HostHandlers host;
    private volatile boolean closing;

    /**
     * Signalling for the rooms of a registry.
     *
     * @param sfu where clients that are in no room probe their connection
     * @param timers for what is told without being asked for
     * @param baseUrl links that are given out begin with it; ends with a slash
     */
    public Signalling(
            ServerConfig config,
            RoomRegistry registry,
            Sfu sfu,
            IceServers iceServers,
            ScheduledExecutorService timers,
            Supplier<String> baseUrl) {
        this.addresses = new ClientAddress(config.trustedProxies());
        this.iceServers = new IceRenewal(iceServers, System::nanoTime, timers);
        this.rooms = new RoomHandlers(registry, this.iceServers, baseUrl);
        this.transports = new TransportHandlers(this.iceServers);
        var about = Json.object().put("version", Version.TEXT).put("mediaPort", sfu.mediaPort())
                .put("iceTcp", config.iceTcp());
        this.probes = new Probes(sfu, iceServers, timers, System::nanoTime, about);
        this.host = new HostHandlers(registry);
    }

    /** Takes care of everybody who connects to this namespace. */
    public void serve(Namespace namespace) {
        namespace.onConnection(this::connected);
    }

    /** From now on every request is refused with {@code server/closing}. */
    public void drain() {
        closing = true;
    }

    private void connected(Socket socket) {
        var handshake = socket.handshake();
        var forwardedFor = handshake.headers().getOrDefault("x-forwarded-for", List.of());
        var connection = new Connection(socket, addresses.of(handshake.remoteAddress(), forwardedFor));
        for (var name : Request.NAMES) {
            socket.on(name, call -> answer(connection, call));
        }
        socket.onOther(call -> new Answer(call).error(RoomException.invalid("There is no such request.")));
        socket.onDisconnect(reason -> disconnected(connection, reason));
    }

    private void answer(Connection connection, EventCall call) {
        var answer = new Answer(call);
        try {
            if (closing) {
                throw RoomException.closing();
            }
            connection.pageIsThere();
            handle(connection, Request.parse(call.event(), call.argument(0)), answer);
        } catch (RoomException e) {
            LOG.debug("{} of {}: {}", call.event(), connection.address(), e.code());
            answer.error(e);
        } catch (SfuException e) {
            answer.error(translated(call, e));
        } catch (RuntimeException e) {
            LOG.error("{} failed", call.event(), e);
            answer.error(RoomException.internal());
        }
    }

    private void handle(Connection connection, Request request, Answer answer) {
        switch (request) {
            case Request.OfRoom r -> rooms.handle(connection, r, answer);
            case Request.OfTransport r -> transports.handle(connection, r, answer);
            case Request.OfProbe r -> probes.handle(connection, r, answer);
            case Request.OfMedia r -> media.handle(connection.self(), r, answer);
            case Request.OfTalk r -> talk.handle(connection.self(), r, answer);
            case Request.OfHost r -> host.handle(connection.self(), r, answer);
        }
    }

    private RoomException translated(EventCall call, SfuException e) {
        var sentence = String.valueOf(e.getMessage());
        return switch (e.code()) {
            case "invalid-parameters", "duplicate-stream", "wrong-state" -> RoomException.invalid(sentence);
            case "unsupported-codec", "cannot-consume" -> RoomException.unsupported(sentence);
            case "limit-reached" -> RoomException.limit(sentence);
            case "not-found" -> RoomException.notFound("object");
            case "closed" -> closing ? RoomException.closing() : RoomException.notFound("object");
            default -> {
                LOG.error("{} failed", call.event(), e);
                yield RoomException.internal();
            }
        };
    }

    private void disconnected(Connection connection, DisconnectReason reason) {
        probes.closeAllOf(connection);
        iceServers.forget(connection);
        if (connection.stopWaiting()) {
            return;
        }
        connection.participant().ifPresent(self -> {
            var room = self.room();
            if (reason.goingAway() || connection.isPageGoing()) {
                room.seats().lost(self, connection, ConnectionEnd.PAGE_GONE);
                return;
            }
            switch (reason.cause()) {
                case CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, PARSE_ERROR ->
                    room.seats().leave(self, connection);
                case PING_TIMEOUT -> room.seats().lost(self, connection, ConnectionEnd.SILENT);
                case TRANSPORT_CLOSE, TRANSPORT_ERROR, FORCED_SERVER_CLOSE, SERVER_SHUTTING_DOWN ->
                    room.seats().lost(self, connection, ConnectionEnd.CLOSED);
            }
        });
    }
}
