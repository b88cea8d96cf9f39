package dev.parley.socketio.jetty;

import dev.parley.socketio.engine.EngineConnection;
import dev.parley.socketio.engine.EngineError;
import dev.parley.socketio.engine.EngineTransport;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A GET that waits, without a thread, until there is something to send. */
final class PollExchange implements EngineTransport.Poll {
    private final EngineConnection connection;
    private final Request request;
    private final Response response;
    private final Callback callback;
    /** Claimed by whoever completes the exchange: the session, or a failure of the request. */
    private final AtomicBoolean completed = new AtomicBoolean();

    PollExchange(EngineConnection connection, Request request, Response response, Callback callback) {
        this.connection = connection;
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    void start() {
        // A poll waits for up to a ping interval, which may be longer than the connector's idle timeout.
        request.addIdleTimeoutListener(timeout -> completed.get());
        request.addFailureListener(this::failed);
        connection.poll(this);
    }

    @Override
    public void answer(byte[] payload) {
        if (completed.compareAndSet(false, true)) {
            Responses.text(response, payload, Callback.from(callback::succeeded, failure -> {
                connection.pollFailed();
                callback.failed(failure);
            }));
        }
    }

    @Override
    public void refuse() {
        if (completed.compareAndSet(false, true)) {
            Responses.error(response, callback, EngineError.BAD_REQUEST);
        }
    }

    private void failed(Throwable failure) {
        if (completed.compareAndSet(false, true)) {
            connection.pollFailed();
            callback.failed(failure);
        }
    }
}
