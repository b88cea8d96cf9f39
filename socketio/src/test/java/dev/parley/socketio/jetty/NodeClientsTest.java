package dev.parley.socketio.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.socketio.SocketIoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real socket.io-client, and raw clients that keep to the protocol documents or break them, against Jetty over TLS.
 */
final class NodeClientsTest {
    private static final Path JS = Path.of("src", "test", "js").toAbsolutePath();

    @Test
    void standsTheNodeTests(@TempDir Path folder) throws Exception {
        if (!Files.isDirectory(JS.resolve("node_modules"))) {
            assertEquals(0, run(Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund")), "npm ci failed");
        }
        TestCertificate certificate = TestCertificate.create(folder);
        try (TestServer usual = new TestServer(
                        certificate,
                        // What polling clients leave behind ends by itself soon after.
                        SocketIoServer.builder()
                                .pingInterval(Duration.ofSeconds(5))
                                .pingTimeout(Duration.ofSeconds(4))
                                .maxPayload(200_000)
                                .eventRate(200, 400)
                                .sendQueue(500, 2_000_000)
                                .allowHost(host -> host.startsWith("localhost:"))
                                .allowOrigin("https://friend.example"::equals));
                TestServer fast = new TestServer(
                        certificate,
                        SocketIoServer.builder()
                                .pingInterval(Duration.ofMillis(300))
                                .pingTimeout(Duration.ofMillis(700))
                                .connectTimeout(Duration.ofMillis(1000))
                                .upgradeTimeout(Duration.ofMillis(500)));
                TestServer recovering = new TestServer(
                        certificate, SocketIoServer.builder().recoveryWindow(Duration.ofSeconds(20)))) {
            Map<String, String> environment = new HashMap<>();
            environment.put("NODE_EXTRA_CA_CERTS", certificate.pem().toString());
            environment.put("URL", usual.url());
            environment.put("URL_FAST", fast.url());
            environment.put("URL_RECOVERING", recovering.url());
            // They mostly wait, so the files run side by side.
            List<String> command = new ArrayList<>(List.of(
                    "node", "--test", "--test-reporter=spec", "--test-timeout=240000", "--test-concurrency=4",
                    "--test-force-exit"));
            String only = System.getProperty("node.tests", "");
            if (!only.isEmpty()) {
                command.add(only);
            }
            assertEquals(0, run(environment, command), "node --test failed; its report is above");
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (usual.io().connections() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(50);
            }
            assertEquals(0, usual.io().connections(), "connections are left behind");
        }
    }

    private static int run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(JS.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(System.out::println);
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "did not end: " + command);
        return process.exitValue();
    }
}
