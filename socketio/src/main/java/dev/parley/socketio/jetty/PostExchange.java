package dev.parley.socketio.jetty;

import dev.parley.socketio.engine.EngineConnection;
import dev.parley.socketio.engine.EngineError;
import dev.parley.socketio.engine.EngineTransport;
import dev.parley.socketio.engine.MessageAssembler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A POST whose body is read as it comes, up to maxPayload. */
final class PostExchange implements EngineTransport.Post {
    private final EngineConnection connection;
    private final int maxPayload;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final MessageAssembler body;
    private final AtomicBoolean completed = new AtomicBoolean();

    PostExchange(EngineConnection connection, int maxPayload, Request request, Response response, Callback callback) {
        this.connection = connection;
        this.maxPayload = maxPayload;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.body = new MessageAssembler(maxPayload, Integer.MAX_VALUE);
    }

    void start() {
        connection.beginPost(this, () -> {
            if (request.getLength() > maxPayload) {
                tooBig();
            } else {
                read();
            }
        });
    }

    private void read() {
        while (!completed.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                if (completed.compareAndSet(false, true)) {
                    connection.postFailed(false);
                    callback.failed(chunk.getFailure());
                }
                return;
            }
            boolean last = chunk.isLast();
            MessageAssembler.State state = body.add(chunk.getByteBuffer(), last);
            chunk.release();
            switch (state) {
                case PARTIAL -> {}
                case WHOLE -> {
                    connection.post(body.take());
                    return;
                }
                case TOO_BIG, TOO_MANY -> {
                    tooBig();
                    return;
                }
            }
        }
    }

    private void tooBig() {
        if (completed.compareAndSet(false, true)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            connection.postFailed(true);
            // Behind that in the mailbox: whoever has read the answer meets no session any more.
            connection.execute(() -> Responses.error(response, callback, EngineError.TOO_BIG));
        }
    }

    @Override
    public void accept() {
        if (completed.compareAndSet(false, true)) {
            Responses.text(response, "ok".getBytes(StandardCharsets.US_ASCII), callback);
        }
    }

    @Override
    public void refuse() {
        if (completed.compareAndSet(false, true)) {
            // The rest of the body, if any, is not worth reading.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            Responses.error(response, callback, EngineError.BAD_REQUEST);
        }
    }
}
