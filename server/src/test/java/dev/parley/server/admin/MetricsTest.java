package dev.parley.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.config.ConfigException;
import dev.parley.server.testing.RawHttp;
import dev.parley.server.testing.SocketIoClient;
import dev.parley.server.testing.TestServer;
import dev.parley.sfu.Histogram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real server tells Prometheus and its operator. */
final class MetricsTest {
    @TempDir
    private static Path folder;

    private static TestServer server;
    private static int port;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("PARLEY_METRICS_ADDRESS", "127.0.0.1:0"));
        port = server.parley().admin().metricsAddress().orElseThrow().getPort();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp.Answer get(String path) throws IOException {
        return RawHttp.send(port, false, "GET", "localhost", path);
    }

    private static Map<String, ExpositionParser.Family> scrape() throws IOException {
        var answer = get("/metrics");
        assertEquals(200, answer.status());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("content-type"));
        return ExpositionParser.parse(answer.text());
    }

    private static double value(Map<String, ExpositionParser.Family> page, String family, String labels) {
        var sample = page.get(family).samples().get(labels);
        if (sample == null) {
            throw new AssertionError(family + labels + " is not among " + page.get(family).samples().keySet());
        }
        return sample;
    }

    @Test
    void arePrometheusTextThatAStrictReaderTakes() throws IOException {
        var page = scrape();
        assertEquals("counter", page.get("parley_lane_received_packets_total").type());
        assertEquals("histogram", page.get("parley_lane_turn_seconds").type());
        assertTrue(value(page, "parley_lane_turn_seconds", "_count{lane=0}") >= 0);
        assertTrue(value(page, "process_cpu_seconds_total", "{}") > 0);
        assertTrue(value(page, "process_open_fds", "{}") > 10);
        assertTrue(value(page, "process_resident_memory_bytes", "{}") > 10e6);
        assertTrue(value(page, "jvm_memory_used_bytes", "{area=heap}") > 1e6);
        assertTrue(value(page, "jvm_threads_current", "{}") > 3);
        assertFalse(page.get("jvm_gc_collection_seconds").samples().isEmpty());
        page.forEach((name, family) -> assertTrue(family.help().endsWith("."), name));
    }

    @Test
    void countRoomsAndPeopleAndDatagramsAndNameNobody() throws IOException {
        var before = scrape();
        var room = server.room();
        try (var ada = server.join(room, "Ada Lovelace").client()) {
            var transport = ada.request("createTransport", SocketIoClient.object("direction", "send"));
            assertTrue(transport.get("ok").booleanValue());
            var noise = new java.net.DatagramPacket(
                    new byte[] {(byte) 200, 1, 2}, 3, InetAddress.getLoopbackAddress(), server.parley().mediaPort());
            long deadline = System.nanoTime() + 10_000_000_000L;
            double dropped = 0;
            try (var socket = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                while (dropped < 1 && System.nanoTime() < deadline) {
                    socket.send(noise);
                    dropped = scrape().get("parley_lane_dropped_packets_total").samples().entrySet().stream()
                            .filter(sample -> sample.getKey().endsWith("reason=unknown-protocol}"))
                            .mapToDouble(Map.Entry::getValue)
                            .sum();
                }
            }
            assertTrue(dropped >= 1);
            var after = scrape();
            assertEquals(value(before, "parley_rooms", "{}") + 1, value(after, "parley_rooms", "{}"));
            assertEquals(value(before, "parley_participants", "{}") + 1, value(after, "parley_participants", "{}"));
            assertEquals(sum(before, "parley_lane_transports") + 1, sum(after, "parley_lane_transports"));
            assertTrue(sum(after, "parley_lane_received_packets_total")
                    > sum(before, "parley_lane_received_packets_total"));
            var text = get("/metrics").text();
            assertFalse(text.contains(room.id()));
            assertFalse(text.contains("Ada"));
        }
    }

    private static double sum(Map<String, ExpositionParser.Family> page, String family) {
        return page.get(family).samples().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void areNotOnThePortThatPeopleUse() throws IOException {
        for (var path : List.of("/metrics", "/stats", "/admin.sock")) {
            assertEquals(404, RawHttp.get(server.port(), "localhost:" + server.port(), path).status(), path);
        }
    }

    @Test
    void answerOnlyGetAndHeadAndOnlyTheirPath() throws IOException {
        assertEquals(405, RawHttp.send(port, false, "POST", "localhost", "/metrics").status());
        assertEquals("GET, HEAD", RawHttp.send(port, false, "DELETE", "localhost", "/metrics").header("allow"));
        var head = RawHttp.send(port, false, "HEAD", "localhost", "/metrics");
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
        assertTrue(Integer.parseInt(head.header("content-length")) > 1_000);
        assertEquals(404, get("/stats").status(), "names are for the owner of the socket alone");
        assertEquals(200, get("/metrics?from=prometheus").status());
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .startsWith("HTTP/1.1 400 "));
        }
    }

    @Test
    void theSocketIsForItsOwnerAloneAndTellsAll() throws IOException {
        var path = AdminSocket.in(folder.resolve("data"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        var room = server.room();
        try (var ada = server.join(room, "Ada").client()) {
            var stats = ask(path, "/stats");
            assertTrue(stats.contains(room.id()));
            assertTrue(stats.contains("\"name\":\"Ada\""));
            assertTrue(ask(path, "/metrics").contains("parley_rooms"));
            assertTrue(ada.request("leave", SocketIoClient.object()).get("ok").booleanValue());
        }
    }

    private static String ask(Path path, String page) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(("GET " + page + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aSecondServerLeavesTheFirstOnesSocketAlone() throws IOException {
        var path = AdminSocket.in(folder.resolve("data"));
        try (var second = TestServer.start(folder, Map.of())) {
            assertTrue(second.parley().admin().metricsAddress().isEmpty());
            assertTrue(ask(path, "/stats").contains("\"rooms\""));
        }
        assertTrue(ask(path, "/stats").contains("\"rooms\""), "the second one's end did not take it away");
    }

    @Test
    void replacesTheSocketOfAServerThatWasKilled(@TempDir Path other) throws IOException {
        var path = AdminSocket.in(Files.createDirectories(other.resolve("data")));
        try (var dead = java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path));
        try (var alive = TestServer.start(other, Map.of())) {
            assertTrue(ask(path, "/stats").contains("\"rooms\":[]"), alive.toString());
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void namesTheCureWhenTheAddressIsTaken(@TempDir Path other) {
        var taken = Map.of("PARLEY_METRICS_ADDRESS", "127.0.0.1:" + port);
        var error = assertThrows(ConfigException.class, () -> TestServer.start(other, taken).close());
        assertTrue(String.valueOf(error.getMessage()).contains("--metrics-address"), error.getMessage());
        for (var wrong : List.of("9464", "localhost:9464", "127.0.0.1:", "127.0.0.1:70000", "::1")) {
            assertThrows(
                    ConfigException.class,
                    () -> TestServer.start(other, Map.of("PARLEY_METRICS_ADDRESS", wrong)).close(),
                    wrong);
        }
    }

    @Test
    void readsTheKernelsTableOfSockets() {
        var lines = """
                   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                  100: 0100007F:9C40 00000000:0000 07 00000000:00001A00 00:00000000 00000000     0        0 11 2 0 17
                  101: 00000000:9C40 00000000:0000 07 00000000:00000100 00:00000000 00000000     0        0 12 2 0 3
                  102: 00000000:9C41 00000000:0000 07 00000000:00000900 00:00000000 00000000     0        0 13 2 0 9
                """.lines().toList();
        assertEquals(new KernelQueue(0x1b00, 20), KernelQueue.parse(lines, 40_000));
        assertEquals(new KernelQueue(0, 0), KernelQueue.parse(lines, 1));
    }

    @Test
    void escapesWhatPrometheusWouldMisread() {
        var text = new PrometheusText()
                .family("a_b", "gauge", "Back\\slash\nand line.")
                .sample(1.5, "x", "\"q\\\n")
                .family("h", "histogram", "H.")
                .histogram(new Histogram(List.of(1L, 0L, 4L, 2L), 25), 1e9, 1, 2, "lane", "0")
                .toString();
        assertEquals(
                """
                # HELP a_b Back\\\\slash\\nand line.
                # TYPE a_b gauge
                a_b{x="\\"q\\\\\\n"} 1.5
                # HELP h H.
                # TYPE h histogram
                h_bucket{lane="0",le="2.0E-9"} 1
                h_bucket{lane="0",le="4.0E-9"} 5
                h_bucket{lane="0",le="+Inf"} 7
                h_sum{lane="0"} 2.5E-8
                h_count{lane="0"} 7
                """,
                text);
        assertEquals(2, ExpositionParser.parse(text).size());
    }
}
