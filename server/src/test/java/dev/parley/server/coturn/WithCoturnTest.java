package dev.parley.server.coturn;

import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.stun.TurnClient;
import dev.parley.server.testing.Ports;
import dev.parley.server.testing.RawHttp;
import dev.parley.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server with a coturn of its own, the real one. */
final class WithCoturnTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.sleep(20);
        }
    }

    private static void relay(JsonNode iceServers, int turnPort, int mediaPort) throws IOException {
        assertEquals("turn:127.0.0.1:" + turnPort + "?transport=udp", iceServers.at("/0/urls/0").stringValue());
        assertEquals("turn:127.0.0.1:" + turnPort + "?transport=tcp", iceServers.at("/0/urls/1").stringValue());
        var loopback = InetAddress.getLoopbackAddress();
        try (var client = TurnClient.udp(
                new InetSocketAddress(loopback, turnPort),
                iceServers.at("/0/username").stringValue(),
                iceServers.at("/0/credential").stringValue(),
                TIMEOUT)) {
            client.allocate();
            client.permit(new InetSocketAddress(loopback, mediaPort));
            client.ask(new InetSocketAddress(loopback, mediaPort)); // the SFU itself answers
        }
    }

    @Test
    void clientsGetARelayToTheMediaPortAndGetItBackWhenCoturnDied() throws Exception {
        int turnPort = Ports.free();
        var settings = Map.of("PARLEY_WITH_COTURN", "true", "PARLEY_TURN_PORT", Integer.toString(turnPort));
        ProcessHandle last;
        try (var server = TestServer.start(folder, settings)) {
            var coturn = server.parley().coturn().orElseThrow();
            await("coturn answers", coturn::up);
            var ada = server.join(server.room(), "Ada");
            var transport = ada.client().request("createTransport", object("direction", "send"));
            relay(transport.get("iceServers"), turnPort, server.parley().mediaPort());
            assertTrue(health(server).contains("\"coturn\":\"up\""), health(server));

            var first = coturn.process().orElseThrow();
            first.destroyForcibly();
            first.onExit().get(10, TimeUnit.SECONDS);
            await("another coturn answers", () -> coturn.restarts() == 1 && coturn.up());
            relay(transport.get("iceServers"), turnPort, server.parley().mediaPort());
            last = coturn.process().orElseThrow();
            assertFalse(last.pid() == first.pid());
        }
        assertFalse(last.isAlive(), "it ends with the server");
        assertFalse(Files.readString(folder.resolve("data/coturn/turnserver.conf")).contains("\nuser="));
    }

    private static String health(TestServer server) throws IOException {
        return RawHttp.get(server.port(), "localhost", "/healthz").text();
    }

    @Test
    void aServerThatIsKilledLeavesNoCoturnBehind() throws Exception {
        int turnPort = Ports.free();
        var command = ProcessHandle.current().info().command().orElseThrow();
        Files.createDirectories(folder.resolve("web"));
        Files.writeString(folder.resolve("web/index.html"), "<!doctype html>");
        Files.writeString(folder.resolve("web/meeting.html"), "<!doctype html>");
        var killed = new ProcessBuilder(command, "--enable-native-access=ALL-UNNAMED", "-cp",
                        System.getProperty("java.class.path"), "dev.parley.server.Main",
                        "--port=0", "--media-port=0", "--host=127.0.0.1", "--with-coturn", "--turn-port=" + turnPort,
                        "--data-dir=" + folder.resolve("data"), "--web-dir=" + folder.resolve("web"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try {
            var pidFile = folder.resolve("data/coturn/turnserver.pid");
            await("coturn runs", () -> Files.exists(pidFile) && !Files.readString(pidFile).isBlank());
            var coturn = ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip())).orElseThrow();
            killed.destroyForcibly().waitFor();
            coturn.onExit().get(10, TimeUnit.SECONDS);
        } finally {
            killed.destroyForcibly().waitFor();
        }
    }

    @Test
    void aCoturnThatWasLeftBehindAllTheSameIsEndedByTheNextServer() throws Exception {
        int turnPort = Ports.free();
        var settings = Map.of("PARLEY_TURN_PORT", Integer.toString(turnPort));
        try (var old = RealCoturn.start(folder, settings, java.util.List.of("127.0.0.1"))) {
            await("its number is written", () -> Files.exists(old.plan.folder().resolve("turnserver.pid")));
            var withCoturn = Map.of("PARLEY_WITH_COTURN", "true", "PARLEY_TURN_PORT", Integer.toString(turnPort));
            try (var server = TestServer.start(folder, withCoturn)) {
                assertFalse(old.isAlive());
                await("a new one answers", server.parley().coturn().orElseThrow()::up);
            }
        }
    }
}
