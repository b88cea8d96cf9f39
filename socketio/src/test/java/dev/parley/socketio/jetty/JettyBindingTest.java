package dev.parley.socketio.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.socketio.SocketIoServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** What the Node tests cannot see: Jetty's own timeouts, threads, and the end of the server. */
final class JettyBindingTest {
    private static final String QUERY = "/socket.io/?EIO=4&transport=";

    /** Where the session id stands in the handshake. */
    private static final int SID = "0{\"sid\":\"".length();

    private static Server start(SocketIoServer io, long idleTimeout) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(idleTimeout);
        server.addConnector(connector);
        server.setHandler(new SocketIoHandler(io, server));
        server.start();
        return server;
    }

    private static URI uri(String scheme, Server server, String rest) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return URI.create(scheme + "://127.0.0.1:" + port + QUERY + rest);
    }

    private static String get(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    @Test
    void aWaitingPollOutlivesTheIdleTimeoutOfTheConnector() throws Exception {
        try (SocketIoServer io = SocketIoServer.builder()
                        .pingInterval(Duration.ofMillis(1_200))
                        .build();
                HttpClient client = HttpClient.newHttpClient()) {
            Server server = start(io, 300);
            try {
                String sid = get(client, uri("http", server, "polling")).substring(SID, SID + 20);
                assertEquals("2", get(client, uri("http", server, "polling&sid=" + sid)));
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void manyWaitingPollsHoldNoThreads() throws Exception {
        try (SocketIoServer io = SocketIoServer.builder()
                        .pingInterval(Duration.ofMillis(3_000))
                        .build();
                HttpClient client = HttpClient.newHttpClient()) {
            Server server = start(io, 30_000);
            try {
                CompletableFuture<?>[] polls = new CompletableFuture<?>[100];
                for (int i = 0; i < polls.length; i++) {
                    String sid = get(client, uri("http", server, "polling")).substring(SID, SID + 20);
                    HttpRequest poll = HttpRequest.newBuilder(uri("http", server, "polling&sid=" + sid)).build();
                    polls[i] = client.sendAsync(poll, BodyHandlers.ofString())
                            .thenAccept(response -> assertEquals("2", response.body()));
                }
                assertTrue(server.getThreadPool().getThreads() < 50, "threads: " + server.getThreadPool().getThreads());
                CompletableFuture.allOf(polls).get(30, TimeUnit.SECONDS);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void closingTheServerTellsSocketsAndClients() throws Exception {
        SocketIoServer io = SocketIoServer.builder().build();
        CompletableFuture<String> reason = new CompletableFuture<>();
        CompletableFuture<Boolean> connected = new CompletableFuture<>();
        io.namespace("/").onConnection(socket -> {
            socket.onDisconnect(r -> reason.complete(r.reason()));
            connected.complete(true);
        });
        Server server = start(io, 30_000);
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            WebSocket webSocket = client.newWebSocketBuilder()
                    .buildAsync(uri("ws", server, "websocket"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onClose(WebSocket socket, int code, String text) {
                            closed.complete(code);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            webSocket.sendText("40", true).get(10, TimeUnit.SECONDS);
            assertTrue(connected.get(10, TimeUnit.SECONDS));
            io.close();
            assertEquals("server shutting down", reason.get(10, TimeUnit.SECONDS));
            assertEquals(1001, closed.get(10, TimeUnit.SECONDS));
            assertEquals(0, io.connections());
            String refused = get(client, uri("http", server, "polling"));
            assertTrue(refused.contains("unavailable"), refused);
        } finally {
            server.stop();
        }
    }
}
