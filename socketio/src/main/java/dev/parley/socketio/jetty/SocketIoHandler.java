package dev.parley.socketio.jetty;

import dev.parley.socketio.SocketIoServer;
import dev.parley.socketio.engine.EngineError;
import dev.parley.socketio.engine.EngineRequest;
import dev.parley.socketio.engine.EngineServer;
import dev.parley.socketio.engine.Route;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/**
 * Puts a {@link SocketIoServer} on a Jetty server: long polling, upgrade and WebSocket on its path. Requests for
 * other paths are left to other handlers, so put it into a {@code Handler.Sequence}. Never blocks a thread for a
 * waiting poll. Closing the {@code SocketIoServer} is left to its owner: do it before the Jetty server is stopped, so
 * that clients are told.
 */
public final class SocketIoHandler extends Handler.Abstract.NonBlocking {
    private final EngineServer engine;
    private final String path;
    private final WebSocketMappings webSockets;

    /** A handler for {@code io}, to be set on {@code server} before that is started. */
    public SocketIoHandler(SocketIoServer io, Server server) {
        this.engine = io.engine();
        this.path = io.path();
        this.webSockets = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String requested = Request.getPathInContext(request);
        if (requested == null || (!requested.equals(path) && !(requested + "/").equals(path))) {
            return false;
        }
        Optional<EngineRequest> read = Requests.read(request);
        if (read.isEmpty()) {
            Responses.error(response, callback, EngineError.BAD_REQUEST);
            return true;
        }
        EngineRequest engineRequest = read.get();
        Route route = engine.route(engineRequest);
        if (!(route instanceof Route.Refused(EngineError error) && error == EngineError.FORBIDDEN)) {
            engine.policy().foreign(engineRequest).ifPresent(origin -> Responses.allowOrigin(response, origin));
        }
        switch (route) {
            case Route.Refused refused -> Responses.error(response, callback, refused.error());
            case Route.Preflight preflight -> Responses.preflight(response, callback);
            case Route.Poll poll -> new PollExchange(poll.connection(), request, response, callback).start();
            case Route.Post post ->
                new PostExchange(post.connection(), engine.config().maxPayload(), request, response, callback).start();
            case Route.OpenWebSocket open ->
                upgrade(new WebSocketLink(engine, engineRequest, Optional.empty()), request, response, callback);
            case Route.Upgrade upgrade ->
                upgrade(
                        new WebSocketLink(engine, engineRequest, Optional.of(upgrade.connection())),
                        request,
                        response,
                        callback);
        }
        return true;
    }

    private void upgrade(WebSocketLink link, Request request, Response response, Callback callback) {
        WebSocketNegotiator negotiator = new Negotiator(link);
        if (!webSockets.upgrade(negotiator, request, response, callback, new Configuration.ConfigurationCustomizer())) {
            Responses.error(response, callback, EngineError.BAD_REQUEST);
        }
    }
}
