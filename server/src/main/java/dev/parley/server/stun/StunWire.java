package dev.parley.server.stun;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What STUN messages go over to a server, and come back. Used by one thread at a time. */
interface StunWire extends Closeable {
    /** Sends a message. */
    void send(byte[] message) throws IOException;

    /** Waits for the next message, until the deadline ({@link System#nanoTime()}); empty when it has passed. */
    Optional<byte[]> receive(long deadline) throws IOException;

    /** Whether messages get lost, so that requests are to be sent again. */
    boolean losesMessages();

    /** Over UDP. */
    static StunWire udp(InetSocketAddress server) throws IOException {
        var socket = new DatagramSocket();
        socket.connect(server);
        return new Datagrams(socket);
    }

    /** Over TCP. */
    static StunWire tcp(InetSocketAddress server, Duration timeout) throws IOException {
        var socket = new Socket(java.net.Proxy.NO_PROXY);
        try {
            socket.connect(server, Math.toIntExact(timeout.toMillis()));
            return new Stream(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Over TLS; the context decides whom to trust, and the certificate must be of that name. */
    static StunWire tls(InetSocketAddress server, String name, SSLContext context, Duration timeout)
            throws IOException {
        var plain = new Socket(java.net.Proxy.NO_PROXY);
        try {
            plain.connect(server, Math.toIntExact(timeout.toMillis()));
            plain.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, server.getPort(), true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new Stream(socket);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Milliseconds until the deadline, at least one, for a socket's timeout; 0 when it has passed. */
    private static int left(long deadline) {
        long nanos = deadline - System.nanoTime();
        return nanos <= 0 ? 0 : Math.toIntExact(Math.max(1, nanos / 1_000_000));
    }

    /** Datagrams to and from one address. */
    final class Datagrams implements StunWire {
        private final DatagramSocket socket;

        private Datagrams(DatagramSocket socket) {
            this.socket = socket;
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.send(new DatagramPacket(message, message.length));
        }

        @Override
        public Optional<byte[]> receive(long deadline) throws IOException {
            int left = left(deadline);
            if (left == 0) {
                return Optional.empty();
            }
            var packet = new DatagramPacket(new byte[2_048], 2_048);
            socket.setSoTimeout(left);
            try {
                socket.receive(packet);
                return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
        }

        @Override
        public boolean losesMessages() {
            return true;
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** A connection; STUN messages say themselves how long they are (RFC 8489, 6.2.2). */
    final class Stream implements StunWire {
        private final Socket socket;
        private byte[] buffer = new byte[4_096];
        private int count;

        private Stream(Socket socket) {
            this.socket = socket;
        }

        @Override
        public void send(byte[] message) throws IOException {
            socket.getOutputStream().write(message);
        }

        @Override
        public Optional<byte[]> receive(long deadline) throws IOException {
            while (true) {
                int length = StunFrame.lengthOf(buffer, count);
                if (length >= 0 && length <= count) {
                    var message = Arrays.copyOf(buffer, length);
                    System.arraycopy(buffer, length, buffer, 0, count - length);
                    count -= length;
                    return Optional.of(message);
                }
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length, length));
                int left = left(deadline);
                if (left == 0) {
                    return Optional.empty();
                }
                socket.setSoTimeout(left);
                try {
                    int read = socket.getInputStream().read(buffer, count, buffer.length - count);
                    if (read < 0) {
                        throw new IOException("the server closed the connection");
                    }
                    count += read;
                } catch (SocketTimeoutException e) {
                    return Optional.empty();
                }
            }
        }

        @Override
        public boolean losesMessages() {
            return false;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
