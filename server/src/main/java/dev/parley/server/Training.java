package dev.parley.server;

import dev.parley.server.config.ConfigLoader;
import dev.parley.server.config.Setting;
import dev.parley.server.top.TopCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Does once what every server does from its start to the first participant, and ends. The script `run` lets the JVM
 * look on after a build: what is loaded and linked here goes into the cache of classes that later starts begin with.
 */
final class Training {
    private static final int ROUNDS = 2; // the first makes a certificate, the others find it
    private static final String WARM_UP = "parley-warm-up"; // what dev.parley.sfu.startup.WarmUp calls its thread
    private static final Duration WARM_UP_LIMIT = Duration.ofSeconds(8);
    private static final String SIGNALLING = "/socket.io/?EIO=4&transport=polling";

    private final Parley parley;
    private final SSLContext tls;

    private Training(Parley parley) throws GeneralSecurityException {
        this.parley = parley;
        tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
    }

    /** Works in a folder of its own and on free ports of the loopback address. */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        var folder = Files.createTempDirectory("parley-training");
        try {
            for (int round = 0; round < ROUNDS; round++) {
                round(folder);
            }
        } finally {
            delete(folder);
        }
    }

    private static void round(Path folder) throws IOException, GeneralSecurityException {
        var options = Map.of(
                Setting.PORT, "0",
                Setting.MEDIA_PORT, "0",
                Setting.HOST, "127.0.0.1",
                Setting.LOG_LEVEL, "error",
                Setting.DATA_DIR, folder.toString());
        var home = Path.of(System.getProperty("parley.home", "")).toAbsolutePath();
        try (var parley = Parley.start(ConfigLoader.load(options, Map.of(), Optional.empty(), home))) {
            var visitor = new Training(parley);
            visitor.request("GET", "/healthz", "");
            visitor.meet();
            awaitWarmUp();
            TopCommand.run(
                    new String[] {"--once", "--interval=0.1", "--data-dir=" + folder},
                    config -> folder,
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    System.err);
        }
    }

    /** Makes a room and joins it, as far as media is set up; over polling, so that no client library is needed. */
    private void meet() throws IOException {
        var session = SIGNALLING + "&sid=" + found("\"sid\":\"([^\"]+)\"", request("GET", SIGNALLING, ""));
        request("POST", session, "40");
        request("GET", session, "");
        request("POST", session, "420[\"createRoom\",{}]");
        var room = request("GET", session, "");
        request("POST", session, "421[\"join\",{\"roomId\":\"" + found("\"roomId\":\"([^\"]+)\"", room) + "\",\"code\":\""
                + found("\"code\":\"([^\"]+)\"", room) + "\",\"name\":\"Trainee\"}]");
        request("GET", session, "");
        request("POST", session, "422[\"createTransport\",{\"direction\":\"send\"}]");
        request("GET", session, "");
    }

    /**
     * The SFU sends media through itself behind its start: with all of that in the cache, what is hot is known from the
     * start.
     */
    private static void awaitWarmUp() {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(WARM_UP)) {
                try {
                    thread.join(WARM_UP_LIMIT);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static String found(String pattern, String text) {
        var match = Pattern.compile(pattern).matcher(text);
        if (!match.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return match.group(1);
    }

    private String request(String method, String path, String body) throws IOException {
        try (var socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), parley.port())) {
            socket.setSoTimeout(5_000);
            var text = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + parley.port()
                    + "\r\nConnection: close\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("a training with " + path + " that fails is worth nothing: " + answer);
            }
            return answer;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** It is this very process that is talked to. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
