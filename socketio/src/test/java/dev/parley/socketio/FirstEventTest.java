package dev.parley.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.socketio.engine.EngineConnection;
import dev.parley.socketio.engine.EngineFrame;
import dev.parley.socketio.engine.EngineRequest;
import dev.parley.socketio.engine.EngineTransport;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FirstEventTest {
    /**
     * A client without any delay: its first event is there before the call that writes the CONNECT packet returns. So
     * the listeners must be set up before, and not only as a rule.
     */
    private static final class InstantClient implements EngineTransport.Link {
        private final EngineConnection connection;

        InstantClient(EngineConnection connection) {
            this.connection = connection;
        }

        @Override
        public void write(EngineFrame frame) {
            if (new String(frame.bytes(), StandardCharsets.UTF_8).startsWith("40{")) {
                connection.receiveText(0, "42[\"first\",\"hello\"]", () -> {});
            }
            connection.written(0);
        }

        @Override
        public void close(int code, boolean abort) {
            connection.linkClosed(0, code);
        }
    }

    @Test
    void anEventRightAfterConnectingFindsItsListener() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (SocketIoServer io = SocketIoServer.builder().build()) {
            io.namespace("/").onConnection(socket -> {
                socket.on("first", call -> heard.complete(call.argument(0).stringValue()));
                socket.onOther(call -> heard.complete("another event: " + call.event()));
            });
            EngineRequest request =
                    new EngineRequest("GET", true, new InetSocketAddress("127.0.0.1", 1), true, Map.of(), Map.of());
            EngineConnection connection = io.engine().open(request, true).orElseThrow();
            connection.opened(new InstantClient(connection));
            connection.receiveText(0, "40", () -> {});
            assertEquals("hello", heard.get(10, TimeUnit.SECONDS));
        }
    }
}
