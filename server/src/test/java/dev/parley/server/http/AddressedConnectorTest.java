package dev.parley.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.parley.server.config.AddressRange;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AddressedConnectorTest {
    private final Server server = new Server();

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private int start(String... proxies) throws Exception {
        var ranges = List.of(proxies).stream().map(range -> AddressRange.parse(range).orElseThrow()).toList();
        var deadlines = new RequestDeadlines(Duration.ofMinutes(1));
        var connector = new AddressedConnector(
                server, new ClientAddress(ranges), 2, deadlines, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        return connector.getLocalPort();
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(5_000);
        return socket;
    }

    /** A request over this connection; its first byte back proves that the server took it. */
    private static int answer(Socket socket) throws IOException {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream().read();
    }

    private static boolean isTaken(int port) {
        try (var socket = connect(port)) {
            return answer(socket) == 'H';
        } catch (IOException reset) {
            return false;
        }
    }

    @Test
    void refusesMoreConnectionsOfOneAddressUntilOneEnds() throws Exception {
        int port = start();
        try (var first = connect(port); var second = connect(port)) {
            assertEquals('H', answer(first));
            assertEquals('H', answer(second));
            assertFalse(isTaken(port));
            assertEquals('T', second.getInputStream().read(), "the others live on");
        }
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            while (!isTaken(port)) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void doesNotLimitTrustedProxies() throws Exception {
        int port = start("127.0.0.0/8");
        try (var first = connect(port); var second = connect(port); var third = connect(port)) {
            for (var socket : List.of(first, second, third)) {
                assertEquals('H', answer(socket));
            }
        }
    }
}
