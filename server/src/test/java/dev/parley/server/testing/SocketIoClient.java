package dev.parley.server.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A Socket.IO client over WebSocket with what signalling needs; written apart from the server's own codec. */
public final class SocketIoClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    // One for all: each HttpClient has threads of its own.
    private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(Trust.everybody()).build();

    /** An event from the server. */
    public record Event(String name, JsonNode body) {}

    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private final Object sending = new Object();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Map<Integer, CompletableFuture<JsonNode>> acks = new ConcurrentHashMap<>();
    private final AtomicInteger lastAck = new AtomicInteger();
    private final List<Event> events = new ArrayList<>();

    private SocketIoClient(int port) {
        var url = URI.create("wss://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
        socket.complete(HTTP.newWebSocketBuilder().buildAsync(url, new Frames()).join());
    }

    /** Connects to the namespace "/". */
    public static SocketIoClient connect(int port) {
        var client = new SocketIoClient(port);
        await(client.connected, "the connection");
        return client;
    }

    /** Makes an object from names and values in turn. */
    public static ObjectNode object(Object... namesAndValues) {
        var object = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set(String.valueOf(namesAndValues[i]), JSON.valueToTree(namesAndValues[i + 1]));
        }
        return object;
    }

    /** Parses JSON in which ' stands for ". */
    public static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    /** Sends a request and waits for its answer. */
    public JsonNode request(String event, Object argument) {
        return await(ask(event, argument), "the answer to " + event);
    }

    /** Sends a request. */
    public CompletableFuture<JsonNode> ask(String event, Object argument) {
        int id = lastAck.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        acks.put(id, answer);
        var packet = JSON.createArrayNode().add(event);
        packet.add(JSON.valueToTree(argument));
        send("42" + id + packet);
        return answer;
    }

    /** Waits for an event that is not taken yet, and takes it. */
    public JsonNode event(String name) {
        return event(name, body -> true);
    }

    /** Waits for an event whose body fits and that is not taken yet, and takes it. */
    public JsonNode event(String name, Predicate<JsonNode> fits) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        synchronized (events) {
            while (true) {
                for (var event : events) {
                    if (event.name().equals(name) && fits.test(event.body())) {
                        events.remove(event);
                        return event.body();
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("no event " + name + " among " + events);
                }
                try {
                    events.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** The events that came and are not taken, but for audio levels. */
    public List<Event> untaken() {
        synchronized (events) {
            return events.stream().filter(event -> !event.name().equals("audioLevels")).toList();
        }
    }

    /** Loses the connection without a word. */
    public void breakOff() {
        socket.join().abort();
    }

    /** Leaves the namespace, as socket.io-client's disconnect() does. */
    public void disconnect() {
        send("41");
    }

    /** Goes as a closed tab does. */
    public void closeTab() {
        await(socket.join().sendClose(1001, ""), "closing");
    }

    /** Waits until the server has ended the connection. */
    public void awaitClosed() {
        await(closed, "the end of the connection");
    }

    @Override
    public void close() {
        socket.join().abort();
    }

    private void send(String text) {
        synchronized (sending) {
            await(socket.join().sendText(text, true), "sending");
        }
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("waiting for " + what, e);
        }
    }

    private void packet(String text) {
        if (text.startsWith("0")) {
            send("40");
        } else if (text.startsWith("2")) {
            send("3");
        } else if (text.startsWith("40")) {
            connected.complete(null);
        } else if (text.startsWith("41")) {
            closed.complete(null);
        } else if (text.startsWith("43")) {
            int bracket = text.indexOf('[');
            acks.remove(Integer.parseInt(text.substring(2, bracket)))
                    .complete(JSON.readTree(text.substring(bracket)).get(0));
        } else if (text.startsWith("42")) {
            var array = JSON.readTree(text.substring(2));
            synchronized (events) {
                events.add(new Event(array.get(0).stringValue(), array.path(1)));
                events.notifyAll();
            }
        }
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                var text = parts.toString();
                parts.setLength(0);
                // On a thread of its own, but in order: the next frame is asked for when this one is done.
                return CompletableFuture.runAsync(() -> packet(text)).whenComplete((done, failed) ->
                        webSocket.request(1));
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.complete(null);
        }
    }
}
