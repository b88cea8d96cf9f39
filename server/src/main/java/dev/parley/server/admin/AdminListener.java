package dev.parley.server.admin;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET and HEAD over a Unix domain socket or a TCP address, one request a connection, apart from the server that
 * people use: that one may be overloaded, and this one still answers. Nothing else of HTTP is needed here.
 */
final class AdminListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);
    private static final int MAX_REQUEST = 8 * 1024;
    private static final int MAX_AT_ONCE = 16;
    private static final long SECONDS_A_REQUEST = 10;
    /** What prevents one connection prevents the next: not tried all the time. */
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final AdminPages pages;
    private final ScheduledExecutorService timers;
    private final ServerSocketChannel channel;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);

    private AdminListener(AdminPages pages, ScheduledExecutorService timers, ServerSocketChannel channel) {
        this.pages = pages;
        this.timers = timers;
        this.channel = channel;
    }

    /** Binds and starts. */
    static AdminListener start(SocketAddress address, AdminPages pages, ScheduledExecutorService timers)
            throws IOException {
        var channel = address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            channel.bind(address);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        var listener = new AdminListener(pages, timers, channel);
        Thread.ofVirtual().name("admin").start(listener::acceptAll);
        return listener;
    }

    SocketAddress address() throws IOException {
        return channel.getLocalAddress();
    }

    private void acceptAll() {
        while (channel.isOpen()) {
            try {
                var connection = channel.accept();
                if (free.tryAcquire()) {
                    Thread.ofVirtual().name("admin-request").start(() -> serve(connection));
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                if (channel.isOpen()) {
                    LOG.warn("An admin connection could not be accepted ({}): raise the limit of open files, if it is that",
                            e.toString());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    /** Whoever is not done in time is cut off, however slowly he goes on. */
    private void serve(SocketChannel connection) {
        var deadline = timers.schedule(() -> closeQuietly(connection), SECONDS_A_REQUEST, TimeUnit.SECONDS);
        try (connection) {
            var line = requestLine(connection);
            if (!line.isEmpty()) {
                write(connection, line);
            }
        } catch (IOException e) {
            LOG.debug("An admin connection broke", e);
        } finally {
            deadline.cancel(false);
            free.release();
        }
    }

    private static void closeQuietly(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("An admin connection did not close cleanly", e);
        }
    }

    /** Reads the whole head and gives its first line; empty when it is none. */
    private static String requestLine(SocketChannel connection) throws IOException {
        var buffer = ByteBuffer.allocate(MAX_REQUEST);
        while (buffer.hasRemaining() && connection.read(buffer) >= 0) {
            var head = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
            if (head.contains("\r\n\r\n") || head.contains("\n\n")) {
                return head.lines().findFirst().orElse("");
            }
        }
        return "";
    }

    private void write(SocketChannel connection, String requestLine) throws IOException {
        var words = requestLine.split(" ");
        var page = words.length < 2 ? AdminPages.Page.BAD_REQUEST : pages.answer(words[0], words[1]);
        var body = page.body().getBytes(StandardCharsets.UTF_8);
        var head = "HTTP/1.1 " + page.status() + "\r\nContent-Type: " + page.contentType() + "\r\nContent-Length: "
                + body.length + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                + (page.status().startsWith("405") ? "Allow: GET, HEAD\r\n" : "") + "Connection: close\r\n\r\n";
        writeFully(connection, head.getBytes(StandardCharsets.ISO_8859_1));
        if (!words[0].equals("HEAD")) {
            writeFully(connection, body);
        }
    }

    private static void writeFully(SocketChannel connection, byte[] bytes) throws IOException {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            connection.write(rest);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("The admin listener did not close cleanly", e);
        }
    }
}
