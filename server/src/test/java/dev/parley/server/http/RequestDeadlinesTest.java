package dev.parley.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestDeadlinesTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final byte[] SLOW =
            ("GET /slow HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(4_000)).getBytes(StandardCharsets.US_ASCII);

    private final Server server = new Server();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final RequestDeadlines deadlines = new RequestDeadlines(LIMIT);
    private final CountDownLatch answer = new CountDownLatch(1);
    private int port;

    @BeforeEach
    void start() throws Exception {
        var connector = new AddressedConnector(
                server, new ClientAddress(List.of()), 100, deadlines, new HttpConnectionFactory());
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(60_000);
        server.addConnector(connector);
        server.setHandler(deadlines.watch(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getHttpURI().getPath().equals("/wait")) {
                    answer.await(20, TimeUnit.SECONDS);
                }
                Content.Sink.write(response, true, "done", callback);
                return true;
            }
        }));
        server.start();
        port = connector.getLocalPort();
        timers.scheduleWithFixedDelay(deadlines::sweep, 20, 20, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        answer.countDown();
        timers.shutdownNow();
        server.stop();
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Sends bytes one by one, faster than any idle timeout, until the server has enough; milliseconds until then. */
    private static long drip(Socket socket) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try {
            for (byte one : SLOW) {
                socket.getOutputStream().write(one);
                Thread.sleep(5); // the attack itself: one byte now and then
                if (socket.getInputStream().available() > 0) {
                    break;
                }
            }
            assertTrue(socket.getInputStream().read() < 0, "an answer to half a request");
        } catch (IOException reset) {
            // Closed with bytes of ours unread.
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }

    private static String request(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        var read = new StringBuilder();
        while (!read.toString().endsWith("done")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.substring(0, 12);
    }

    @Test
    void endConnectionsWhoseHeadersComeAByteAtATime() throws Exception {
        try (var socket = connect()) {
            long millis = drip(socket);
            assertTrue(millis >= LIMIT.toMillis() - 50, millis + " ms");
            assertTrue(millis < 5 * SLOW.length / 2, millis + " ms");
        }
    }

    @Test
    void countAnewForEachRequestOfAConnection() throws Exception {
        try (var socket = connect()) {
            assertEquals("HTTP/1.1 200", request(socket, "/"));
            assertEquals("HTTP/1.1 200", request(socket, "/"));
            assertTrue(drip(socket) < 5 * SLOW.length / 2);
        }
    }

    @Test
    void endConnectionsThatSendNothing() throws Exception {
        try (var socket = connect()) {
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void letAnswersTakeAsLongAsTheyDo() throws Exception {
        try (var socket = connect(); var other = connect()) {
            timers.schedule(answer::countDown, 4 * LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            long begin = System.nanoTime();
            assertEquals("HTTP/1.1 200", request(socket, "/wait"));
            assertTrue(System.nanoTime() - begin > 3 * LIMIT.toNanos(), "it was waited for");
            assertEquals(-1, other.getInputStream().read(), "the deadline was at work meanwhile");
        }
    }
}
