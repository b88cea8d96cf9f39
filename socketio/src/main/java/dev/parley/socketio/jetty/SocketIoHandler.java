package dev.parley.socketio.jetty;

import dev.parley.socketio.SocketIoServer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Puts a {@link SocketIoServer} on a Jetty server: long polling, upgrade and WebSocket on its path. Requests for other paths
 * are left to other handlers, so put it into a {@code Handler.Sequence}. Never blocks a thread for a waiting poll.
 */
public final class SocketIoHandler extends Handler.Abstract.NonBlocking {
    /** A handler for {@code io}, to be set on {@code server} before that is started. */
    public SocketIoHandler(SocketIoServer io, Server server) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return false;
    }
}
