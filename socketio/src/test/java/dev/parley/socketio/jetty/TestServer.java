package dev.parley.socketio.jetty;

import dev.parley.socketio.DisconnectReason;
import dev.parley.socketio.Namespace;
import dev.parley.socketio.Refusal;
import dev.parley.socketio.Socket;
import dev.parley.socketio.SocketIoServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A Socket.IO application over TLS for the tests: it echoes, refuses, joins rooms, and remembers who left and why. */
final class TestServer implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector;
    private final SocketIoServer io;
    private final Deque<Map<String, Object>> departures = new ArrayDeque<>();

    TestServer(TestCertificate certificate, SocketIoServer.Builder builder) throws Exception {
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(certificate.keyStore().toString());
        tls.setKeyStorePassword(TestCertificate.PASSWORD);
        HttpConfiguration http = new HttpConfiguration();
        // Without Jetty's own check of the host, so that ours is tested.
        http.addCustomizer(new SecureRequestCustomizer(false));
        connector = new ServerConnector(server, tls, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        io = builder.build();
        server.setHandler(new SocketIoHandler(io, server));
        application();
        server.start();
    }

    String url() {
        return "https://localhost:" + connector.getLocalPort();
    }

    SocketIoServer io() {
        return io;
    }

    @Override
    public void close() throws Exception {
        io.close();
        server.stop();
    }

    private void application() {
        echo(io.namespace("/"));
        echo(io.namespace("/custom"));
        Namespace guarded = io.namespace("/guarded");
        guarded.use((socket, auth) -> switch (auth.path("token").asString("")) {
            case "good" -> Optional.empty();
            case "broken" -> throw new IllegalStateException("a broken middleware");
            default -> Optional.of(
                    new Refusal("not you", JsonNodeFactory.instance.objectNode().put("code", 42)));
        });
        echo(guarded);
    }

    private void echo(Namespace namespace) {
        namespace.onConnection(socket -> {
            socket.emit("auth", socket.handshake().auth());
            socket.on("message", call -> socket.emit("message-back", call.arguments().toArray()));
            socket.on("message-with-ack", call -> call.ack(call.arguments().toArray()));
            socket.on("ask-me", call -> askBack(socket, call.argument(0).asInt(1000)));
            socket.on("join", call -> {
                socket.join(call.argument(0).stringValue());
                call.ack(socket.rooms());
            });
            socket.on("leave", call -> {
                socket.leave(call.argument(0).stringValue());
                call.ack(socket.rooms());
            });
            socket.on("say", call -> namespace
                    .to(call.argument(0).stringValue())
                    .except(strings(call.argument(2)))
                    .emit("said", call.argument(1)));
            socket.on("say-others", call -> socket.broadcast().emit("said", call.argument(0)));
            socket.on("say-all", call -> namespace.local().emit("said", call.argument(0)));
            socket.on("large", call -> socket.emit("large", "x".repeat(call.argument(0).intValue())));
            socket.on("flood-me", call -> {
                for (int i = 0; i < call.argument(0).intValue(); i++) {
                    socket.emit("flood", i, "x".repeat(10_000));
                }
            });
            socket.on("drop-me", call -> socket.disconnect(call.argument(0).asBoolean(false)));
            socket.on("throw", call -> {
                throw new IllegalStateException("a listener that fails");
            });
            socket.on("attach", call -> socket.attach(call.argument(0).stringValue()));
            socket.on("who-am-i", call -> call.ack(
                    socket.id(), socket.recovered(), socket.attachment(String.class).orElse(""), socket.transport()));
            socket.on("departure", call -> call.ack(departure(call.argument(0).stringValue())));
            socket.on("connections", call -> call.ack(io.connections()));
            socket.onOther(call -> call.ack("other", call.event()));
            socket.onDisconnect(reason -> departed(socket, reason));
        });
    }

    private static void askBack(Socket socket, int millis) {
        socket.emitWithAck(Duration.ofMillis(millis), "question", "how", new byte[] {1, 2, 3})
                .whenComplete((answer, error) -> {
                    if (error == null) {
                        socket.emit("answered", answer.toArray());
                    } else {
                        socket.emit("unanswered", error instanceof TimeoutException ? "timeout" : "other");
                    }
                });
    }

    private static String[] strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.stringValue()));
        return strings.toArray(String[]::new);
    }

    private synchronized void departed(Socket socket, DisconnectReason reason) {
        Map<String, Object> departure = new HashMap<>();
        departure.put("id", socket.id());
        departure.put("reason", reason.reason());
        departure.put("closeCode", reason.closeCode().orElse(0));
        departure.put("goingAway", reason.goingAway());
        departures.addLast(departure);
        while (departures.size() > 1_000) {
            departures.removeFirst();
        }
    }

    private synchronized Object departure(String id) {
        return departures.stream()
                .filter(d -> d.get("id").equals(id))
                .<Object>map(d -> d)
                .findFirst()
                .orElse(Map.of());
    }
}
