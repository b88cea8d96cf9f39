package dev.parley.loadtest.signalling;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Socket.IO 5 client over an Engine.IO 4 WebSocket, with what signalling needs: the namespace "/", events both ways,
 * acknowledgements, pings. Any thread may ask.
 *
 * <pre>
 * Engine.IO: 0 open, 1 close, 2 ping, 3 pong, 4 message      Socket.IO in a message: 0 connect, 1 disconnect, 2 event,
 * 3 ack, 4 error "42" + ack id + ["name", argument]   is an event that asks for an answer,   "43" + ack id + [answer]
 * is that answer </pre>
 */
final class SocketIo implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final ReentrantLock sending = new ReentrantLock();
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger lastAck = new AtomicInteger();
    private final BiConsumer<String, JsonNode> events;
    private final Runnable ended;
    private @Nullable WebSocket socket;
    private volatile boolean closed;

    private record Pending(String request, CompletableFuture<JsonNode> answer) {}

    private SocketIo(BiConsumer<String, JsonNode> events, Runnable ended) {
        this.events = events;
        this.ended = ended;
    }

    /**
     * Connects.
     *
     * @param server the URL of the server, https or http
     * @param events told of each event with its argument, one after the other
     * @param ended told when the server, or the network, ended the connection
     * @throws Refusal when that does not work
     */
    static SocketIo connect(HttpClient http, URI server, BiConsumer<String, JsonNode> events, Runnable ended) {
        var client = new SocketIo(events, ended);
        var scheme = server.getScheme().equals("http") ? "ws" : "wss";
        var url = URI.create(scheme + "://" + server.getRawAuthority() + "/socket.io/?EIO=4&transport=websocket");
        try {
            client.socket = http.newWebSocketBuilder()
                    .connectTimeout(DEADLINE)
                    .buildAsync(url, client.new Frames())
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            client.connected.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            return client;
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw Refusal.disconnected("No connection to %s (%s).".formatted(url, cause));
        } catch (TimeoutException e) {
            throw Refusal.disconnected("No connection to %s within %d s.".formatted(url, DEADLINE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.disconnected("Interrupted.");
        }
    }

    /** An empty object to fill. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Asks, and waits for the answer. @throws Refusal when it is not ok */
    JsonNode request(String request, ObjectNode argument) {
        return answer(ask(request, argument));
    }

    /** Asks. The answer is for {@link #answer}. */
    CompletableFuture<JsonNode> ask(String request, ObjectNode argument) {
        int id = lastAck.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        pending.put(id, new Pending(request, answer));
        if (closed) {
            fail();
        } else {
            send("42" + id + JSON.createArrayNode().add(request).add(argument));
        }
        return answer;
    }

    /** Waits for an answer. @throws Refusal when it is not ok */
    static JsonNode answer(CompletableFuture<JsonNode> asked) {
        try {
            return asked.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw Refusal.disconnected("No answer within %d s.".formatted(DEADLINE.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.disconnected("Interrupted.");
        }
    }

    private void send(String text) {
        var open = socket;
        sending.lock();
        try {
            if (open != null) {
                open.sendText(text, true).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sending.unlock();
        }
    }

    private void packet(WebSocket from, String text) {
        if (text.startsWith("0")) {
            // The answer goes by the socket that the packet came from: connect() may not have returned yet.
            from.sendText("40", true);
        } else if (text.equals("2")) {
            send("3");
        } else if (text.startsWith("40")) {
            connected.complete(true);
        } else if (text.startsWith("44")) {
            connected.completeExceptionally(new IllegalStateException("the namespace was refused: "
                    + text.substring(2)));
        } else if (text.startsWith("41") || text.equals("1")) {
            end();
        } else if (text.startsWith("43")) {
            acknowledged(text);
        } else if (text.startsWith("42")) {
            var array = JSON.readTree(text.substring(text.indexOf('[')));
            events.accept(array.get(0).stringValue(), array.path(1));
        }
    }

    private void acknowledged(String text) {
        int bracket = text.indexOf('[');
        var asked = pending.remove(Integer.parseInt(text.substring(2, bracket)));
        if (asked == null) {
            return;
        }
        var answer = JSON.readTree(text.substring(bracket)).path(0);
        if (answer.path("ok").asBoolean(false)) {
            asked.answer.complete(answer);
        } else {
            asked.answer.completeExceptionally(Refusal.answered(
                    asked.request, answer.path("code").asString("?"), answer.path("message").asString("?")));
        }
    }

    private void end() {
        boolean unasked = !closed;
        closed = true;
        connected.completeExceptionally(new IllegalStateException("the server closed the connection"));
        fail();
        if (unasked) {
            ended.run();
        }
    }

    private void fail() {
        for (var id : pending.keySet()) {
            var asked = pending.remove(id);
            if (asked != null) {
                asked.answer.completeExceptionally(
                        Refusal.disconnected("The connection ended before \"" + asked.request + "\" was answered."));
            }
        }
    }

    /** Goes as a closed tab does. */
    @Override
    public void close() {
        closed = true;
        var open = socket;
        if (open != null) {
            open.sendClose(1001, "").whenComplete((done, failed) -> open.abort());
        }
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (!last) {
                from.request(1);
                return null;
            }
            var text = parts.toString();
            parts.setLength(0);
            // On a thread of its own, but in order: the next frame is asked for when this one is done.
            var done = new CompletableFuture<Void>();
            Thread.startVirtualThread(() -> {
                try {
                    packet(from, text);
                } finally {
                    from.request(1);
                    done.complete(null);
                }
            });
            return done;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end();
        }
    }
}
