package dev.parley.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.coturn.RealCoturn;
import dev.parley.server.doctor.Finding.Status;
import dev.parley.server.http.MadeCertificates;
import dev.parley.server.testing.Configs;
import dev.parley.server.testing.Ports;
import dev.parley.server.testing.TestServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Each fault makes its own line red (or yellow), and no other. */
final class DoctorTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    /** A machine that lacks nothing; each test changes what it is about. */
    private static class Healthy implements Machine {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public OptionalLong receiveBufferLimit() {
            return OptionalLong.of(4_194_304);
        }

        @Override
        public OptionalLong fileDescriptorLimit() {
            return OptionalLong.of(65_536);
        }

        @Override
        public long freeSpace(Path where) {
            return 1L << 40;
        }
    }

    private List<Finding> examine(Map<String, String> settings, Machine machine) {
        return Doctor.examine(Configs.of(folder, settings), machine);
    }

    /** Checks that this line alone is not well, and returns it. */
    private static Finding only(String check, Status status, List<Finding> findings) {
        var ill = findings.stream()
                .filter(finding -> finding.status() == Status.FAIL || finding.status() == Status.WARN)
                .toList();
        assertEquals(List.of(check), ill.stream().map(Finding::check).toList(), findings.toString());
        assertEquals(status, ill.getFirst().status(), ill.toString());
        assertFalse(ill.getFirst().cause().isBlank());
        assertFalse(ill.getFirst().cure().isBlank());
        return ill.getFirst();
    }

    private Finding fails(String check, Map<String, String> settings) {
        return only(check, Status.FAIL, examine(settings, new Healthy()));
    }

    private static void allWell(List<Finding> findings) {
        assertTrue(
                findings.stream().allMatch(finding -> finding.status() == Status.OK || finding.status() == Status.SKIP),
                findings.toString());
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        var findings = examine(Map.of(), new Healthy());
        allWell(findings);
        assertEquals(
                List.of("java", "clock", "data-folder", "udp-buffers", "file-descriptors", "hot-path", "certificate",
                        "web-port", "media-udp", "media-tcp", "announced-address", "turn"),
                findings.stream().map(Finding::check).toList());
    }

    @Test
    void looksAtARunningServerWithItsCoturn() throws Exception {
        var settings = Map.of("PARLEY_WITH_COTURN", "true", "PARLEY_TURN_PORT", Integer.toString(Ports.free()));
        try (var server = TestServer.start(folder, settings)) {
            var coturn = server.parley().coturn().orElseThrow();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!coturn.up()) {
                assertTrue(System.nanoTime() < end, "coturn answers");
                Thread.sleep(20);
            }
            var findings = examine(settings, new Healthy());
            allWell(findings);
            assertEquals(2, findings.stream().filter(finding -> finding.text().startsWith("It relays to media port "
                    + server.parley().mediaPort())).count(), findings.toString());
        }
    }

    @Test
    void startsACoturnOfOurOwnToSeeWhetherItWould() {
        var settings = Map.of("PARLEY_WITH_COTURN", "true", "PARLEY_TURN_PORT", Integer.toString(Ports.free()));
        var findings = examine(settings, new Healthy());
        allWell(findings);
        assertEquals(2, findings.stream().filter(finding -> finding.text().startsWith("It relays")).count());
    }

    @Test
    void mediaPortTakenInUdp() throws IOException {
        int port = Ports.free();
        try (var taken = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
            fails("media-udp", Map.of("PARLEY_MEDIA_PORT", Integer.toString(taken.getLocalPort())));
        }
    }

    @Test
    void mediaPortTakenInTcp() throws IOException {
        int port = Ports.free();
        try (var taken = new ServerSocket(port, 1, LOOPBACK)) {
            fails("media-tcp", Map.of("PARLEY_MEDIA_PORT", Integer.toString(taken.getLocalPort())));
        }
    }

    @Test
    void webPortTaken() throws IOException {
        try (var taken = new ServerSocket(Ports.free(), 1, LOOPBACK)) {
            fails("web-port", Map.of("PARLEY_PORT", Integer.toString(taken.getLocalPort())));
        }
    }

    private Map<String, String> certificate(Instant made, String publicUrl, String... names) {
        var files = MadeCertificates.of(folder.resolve("pem"), made, names);
        return Map.of(
                "PARLEY_CERTIFICATE", files.chain().toString(),
                "PARLEY_KEY", files.key().toString(),
                "PARLEY_PUBLIC_URL", publicUrl);
    }

    @Test
    void certificateThatHasEnded() {
        var line = fails("certificate", certificate(
                Instant.now().minus(Duration.ofDays(900)), "https://meet.example.org/", "meet.example.org"));
        assertTrue(line.text().contains("ended on"), line.text());
    }

    @Test
    void certificateOfAnotherName() {
        var line = fails("certificate", certificate(
                Instant.now(), "https://meet.example.org/", "other.example.org", "*.sub.example.org"));
        assertTrue(line.text().contains("meet.example.org") && line.text().contains("other.example.org"), line.text());
    }

    @Test
    void certificateThatEndsSoonOrNobodyTrusts() {
        var soon = certificate(Instant.now().minus(Duration.ofDays(815)), "https://a.example.org/", "*.example.org");
        assertTrue(only("certificate", Status.WARN, examine(soon, new Healthy())).text().contains("ends on"));
    }

    @Test
    void certificateWithAnothersKey() throws IOException {
        var right = new HashMap<>(certificate(Instant.now(), "https://meet.example.org/", "meet.example.org"));
        right.put("PARLEY_KEY", MadeCertificates.of(folder.resolve("other"), Instant.now(), "x").key().toString());
        fails("certificate", right);
    }

    @Test
    void wrongSecret() throws Exception {
        var wrong = Files.writeString(folder.resolve("wrong"), "not-the-secret-of-this-coturn");
        try (var coturn = RealCoturn.start(folder.resolve("turn"), Map.of(), List.of("127.0.0.1"))) {
            var url = "turn:127.0.0.1:" + coturn.address().getPort() + "?transport=udp";
            var line = fails(url, Map.of("PARLEY_TURN_URL", url, "PARLEY_TURN_SECRET_FILE", wrong.toString()));
            assertTrue(line.cause().contains("--turn-secret-file"), line.cause());
        }
    }

    @Test
    void deadCoturn() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "a-secret-of-many-characters");
        for (var transport : List.of("udp", "tcp")) {
            var url = "turn:127.0.0.1:" + Ports.free() + "?transport=" + transport;
            fails(url, Map.of("PARLEY_TURN_URL", url, "PARLEY_TURN_SECRET_FILE", secret.toString()));
        }
    }

    @Test
    void coturnThatDoesNotRelayToTheMediaPort() throws Exception {
        try (var coturn = RealCoturn.start(folder.resolve("turn"), Map.of(), List.of("127.0.0.9"), "127.0.0.9")) {
            var url = "turn:127.0.0.9:" + coturn.address().getPort() + "?transport=tcp";
            var line = fails(url, Map.of(
                    "PARLEY_TURN_URL", url, "PARLEY_TURN_SECRET_FILE", coturn.secretFile().toString()));
            assertTrue(line.text().contains("does not relay"), line.toString());
        }
    }

    @Test
    void turnOverTlsWithACertificateOfAnotherName() throws Exception {
        var files = MadeCertificates.of(folder.resolve("pem"), Instant.now(), "turn.example.org");
        int tls = Ports.free();
        var settings = Map.of(
                "PARLEY_TURN_TLS_PORT", Integer.toString(tls),
                "PARLEY_CERTIFICATE", files.chain().toString(),
                "PARLEY_KEY", files.key().toString());
        try (var coturn = RealCoturn.start(folder.resolve("turn"), settings, List.of("127.0.0.1"))) {
            var url = "turns:127.0.0.1:" + tls + "?transport=tcp";
            var line = fails(url, Map.of(
                    "PARLEY_CERTIFICATE", files.chain().toString(),
                    "PARLEY_KEY", files.key().toString(),
                    "PARLEY_TURN_URL", url,
                    "PARLEY_TURN_SECRET_FILE", coturn.secretFile().toString()));
            assertTrue(line.text().contains("TLS"), line.toString());
        }
    }

    @Test
    void relaysOverTlsAsWell() throws Exception {
        var files = MadeCertificates.of(folder.resolve("pem"), Instant.now(), "127.0.0.1");
        int tls = Ports.free();
        var own = Map.of(
                "PARLEY_CERTIFICATE", files.chain().toString(),
                "PARLEY_KEY", files.key().toString());
        var settings = new HashMap<>(own);
        settings.putAll(Map.of(
                "PARLEY_WITH_COTURN", "true",
                "PARLEY_TURN_PORT", Integer.toString(Ports.free()),
                "PARLEY_TURN_TLS_PORT", Integer.toString(tls)));
        var findings = examine(settings, new Healthy());
        allWell(findings);
        assertTrue(findings.stream().anyMatch(finding -> finding.check().startsWith("turns:127.0.0.1:" + tls)
                && finding.text().startsWith("It relays")), findings.toString());
    }

    @Test
    void fewFileDescriptors() {
        var machine = new Healthy() {
            @Override
            public OptionalLong fileDescriptorLimit() {
                return OptionalLong.of(256);
            }
        };
        only("file-descriptors", Status.FAIL, examine(Map.of(), machine));
    }

    @Test
    void tinyUdpBuffers() {
        var machine = new Healthy() {
            @Override
            public OptionalLong receiveBufferLimit() {
                return OptionalLong.of(65_536);
            }
        };
        only("udp-buffers", Status.FAIL, examine(Map.of(), machine));
    }

    @Test
    void clockThatIsFarOff() {
        var machine = new Healthy() {
            @Override
            public Instant now() {
                return Instant.parse("1970-01-01T00:00:05Z");
            }
        };
        only("clock", Status.FAIL, examine(Map.of(), machine));
    }

    @Test
    void clockThatJumps() {
        var machine = new Healthy() {
            private int asked;

            @Override
            public Instant now() {
                return Instant.now().plusSeconds(60L * asked++);
            }
        };
        only("clock", Status.WARN, examine(Map.of(), machine));
    }

    @Test
    void fullDisk() {
        var machine = new Healthy() {
            @Override
            public long freeSpace(Path where) {
                return 4_096;
            }
        };
        only("data-folder", Status.FAIL, examine(Map.of(), machine));
    }

    @Test
    void dataFolderThatCannotBeWrittenTo() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "not a folder");
        fails("data-folder", Map.of("PARLEY_DATA_DIR", file.resolve("data").toString()));
    }

    @Test
    void slowPathForced() {
        only("hot-path", Status.WARN, examine(Map.of("PARLEY_HOT_PATH", "java"), new Healthy()));
    }

    @Test
    void mediaOverTcpSwitchedOff() {
        only("media-tcp", Status.WARN, examine(Map.of("PARLEY_NO_ICE_TCP", "true"), new Healthy()));
    }

    @Test
    void announcedAddressThatIsNotReached() {
        var line = fails("announced-address", Map.of("PARLEY_ANNOUNCED_ADDRESS", "127.0.0.1,127.0.0.3"));
        assertTrue(line.text().contains("at 127.0.0.3."), line.text());
    }

    @Test
    void printsJsonAndEndsWithStatusOneWhenSomethingFails() throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var out = folder.resolve("out.json");
        var doctor = new ProcessBuilder("sh", "-c", "ulimit -n 700 && exec \"$@\"", "sh", java,
                        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                        "dev.parley.server.Main", "doctor", "--json", "--host=127.0.0.1", "--port=0", "--media-port=0",
                        "--data-dir=" + folder.resolve("data"))
                .redirectOutput(out.toFile())
                .start();
        try {
            assertTrue(doctor.waitFor(60, TimeUnit.SECONDS));
            var report = new JsonMapper().readTree(Files.readString(out));
            assertFalse(report.get("ok").booleanValue());
            assertEquals(
                    List.of("file-descriptors"),
                    report.get("findings").valueStream()
                            .filter(finding -> finding.get("status").stringValue().equals("fail"))
                            .map(finding -> finding.get("check").stringValue())
                            .toList(),
                    report.toString());
            assertEquals(1, doctor.exitValue());
        } finally {
            doctor.destroyForcibly();
        }
    }
}
