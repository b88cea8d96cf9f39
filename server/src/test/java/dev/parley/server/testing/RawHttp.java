package dev.parley.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;

/**
 * One HTTP/1.1 request on a connection of its own, with exactly the given lines, which ready-made clients do not allow.
 */
public final class RawHttp {
    /** An answer; header names are in lower case. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** A header's value, or the empty text. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private RawHttp() {}

    /** GET over TLS. */
    public static Answer get(int port, String host, String path, String... headers) throws IOException {
        return send(port, true, "GET", host, path, headers);
    }

    /** Any method, over TLS or plain. */
    public static Answer send(int port, boolean tls, String method, String host, String path, String... headers)
            throws IOException {
        var extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        var text = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + extra + "\r\n";
        try (var socket = tls ? secure(port, List.of("TLSv1.3", "TLSv1.2")) : plain(port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    /** The certificate that new connections get; fails when none of the protocols is spoken. */
    public static X509Certificate certificate(int port, String... protocols) throws IOException {
        try (var socket = secure(port, List.of(protocols))) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Socket plain(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static SSLSocket secure(int port, List<String> protocols) throws IOException {
        var socket = (SSLSocket) Trust.everybody().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
                port);
        socket.setSoTimeout(20_000);
        socket.setEnabledProtocols(protocols.toArray(String[]::new));
        socket.startHandshake();
        return socket;
    }

    private static Answer parse(byte[] all) throws IOException {
        var text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no answer, but: " + text);
        }
        var lines = text.substring(0, end).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
        }
        var body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }
}
