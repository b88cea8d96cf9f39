package dev.parley.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections on which no request gets complete. Jetty's idle timeout begins anew with each byte, so somebody who
 * sends one now and then (in the TLS handshake, or in a request's headers) could hold a connection for ever. Here the
 * time counts from when the connection was opened, or the last answer was complete, until the headers of the next
 * request are. What a request takes from then on is not limited here, and a connection that became a WebSocket not at
 * all.
 */
final class RequestDeadlines {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDeadlines.class);
    private static final int SWITCHING_PROTOCOLS = 101;

    private final long limitNanos;
    private final Map<EndPoint, State> open = new ConcurrentHashMap<>();

    /** A connection's requests. Guarded by itself. */
    private static final class State {
        private int requests;
        private boolean upgraded;
        private long waitingSince = System.nanoTime();

        synchronized void begin() {
            requests++;
        }

        synchronized void end(boolean switched) {
            requests--;
            upgraded |= switched;
            waitingSince = System.nanoTime();
        }

        synchronized boolean waitsLongerThan(long nanos) {
            return requests == 0 && !upgraded && System.nanoTime() - waitingSince > nanos;
        }
    }

    RequestDeadlines(Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** A connection was accepted. */
    void opened(EndPoint connection) {
        open.put(connection, new State());
    }

    /** A connection ended. */
    void closed(EndPoint connection) {
        open.remove(connection);
    }

    /** Notes when the next handler's requests begin and end. */
    Handler.Wrapper watch(Handler next) {
        return new Handler.Wrapper(next) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                var state = open.get(socket(request.getConnectionMetaData().getConnection().getEndPoint()));
                if (state != null) {
                    state.begin();
                    Request.addCompletionListener(
                            request, failure -> state.end(response.getStatus() == SWITCHING_PROTOCOLS));
                }
                return super.handle(request, response, callback);
            }
        };
    }

    /** What is below TLS. */
    private static EndPoint socket(EndPoint endPoint) {
        return endPoint instanceof EndPoint.Wrapper wrapper ? socket(wrapper.unwrap()) : endPoint;
    }

    /** Ends the connections that are over time. To be called every now and then. */
    void sweep() {
        open.forEach((connection, state) -> {
            if (state.waitsLongerThan(limitNanos)) {
                LOG.debug("Closed {}: no request for too long", connection.getRemoteSocketAddress());
                connection.close();
            }
        });
    }
}
