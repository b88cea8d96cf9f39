package dev.parley.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.config.ConfigException;
import dev.parley.server.testing.Configs;
import dev.parley.server.testing.RawHttp;
import dev.parley.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpsTest {
    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("PARLEY_ALLOWED_ORIGIN", "https://intranet.example.org"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String localhost() {
        return "localhost:" + server.port();
    }

    private static RawHttp.Answer get(String path, String... headers) throws IOException {
        return RawHttp.get(server.port(), localhost(), path, headers);
    }

    @Test
    void servesTheHomePageAndTheMeetingPage() throws IOException {
        var home = get("/");
        assertEquals(200, home.status());
        assertTrue(home.text().contains("Home"));
        assertEquals("text/html; charset=utf-8", home.header("content-type"));
        assertEquals("no-cache", home.header("cache-control"));
        assertTrue(get("/meeting.html?room=08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a").text().contains("Meeting"));
        assertEquals(304, get("/", "If-None-Match: " + home.header("etag")).status());
    }

    @Test
    void letsBrowsersKeepHashedAssetsAndCompressesThem() throws IOException {
        var plain = get("/assets/app-1a2b.js");
        assertEquals("public, max-age=31536000, immutable", plain.header("cache-control"));
        assertEquals("text/javascript; charset=utf-8", plain.header("content-type"));
        var zipped = get("/assets/app-1a2b.js", "Accept-Encoding: gzip, br");
        assertEquals("gzip", zipped.header("content-encoding"));
        assertTrue(zipped.body().length < plain.body().length / 4);
        assertArrayEquals(
                plain.body(), new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes());
    }

    @Test
    void letsOnlyPagesOfAllowedOriginsEmbedAMeeting() throws IOException {
        var allowed = get("/assets/app-1a2b.js", "Origin: https://intranet.example.org");
        assertEquals("https://intranet.example.org", allowed.header("access-control-allow-origin"));
        assertEquals("cross-origin", allowed.header("cross-origin-resource-policy"));
        for (var origin : new String[] {"https://evil.example", "https://intranet.example.org.evil.example", "null"}) {
            var refused = get("/assets/app-1a2b.js", "Origin: " + origin);
            assertEquals("", refused.header("access-control-allow-origin"));
            assertEquals("same-origin", refused.header("cross-origin-resource-policy"));
        }
        // Pages themselves stay ours alone.
        assertEquals(
                "same-origin",
                get("/", "Origin: https://intranet.example.org").header("cross-origin-resource-policy"));
    }

    @Test
    void putsAStrictPolicyOnEveryAnswer() throws IOException {
        for (var path : new String[] {"/", "/missing", "/healthz", "/assets/app-1a2b.js"}) {
            var answer = get(path);
            var policy = answer.header("content-security-policy");
            assertTrue(
                    policy.startsWith("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"),
                    policy);
            assertFalse(policy.replace("'wasm-unsafe-eval'", "").contains("unsafe"), policy);
            assertTrue(policy.contains("connect-src 'self' wss://" + localhost() + ";"), policy);
            assertTrue(policy.contains("frame-ancestors 'none'"), policy);
            assertEquals("nosniff", answer.header("x-content-type-options"));
            assertEquals("no-referrer", answer.header("referrer-policy"));
            assertEquals("same-origin", answer.header("cross-origin-opener-policy"));
            assertTrue(answer.header("permissions-policy").contains("camera=(self)"));
            assertEquals("", answer.header("strict-transport-security"), "not with a self-signed certificate");
            assertEquals("", answer.header("server"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/missing", "/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/assets/..%2f..%2fsecret.txt",
        "/..%5csecret.txt", "//secret.txt", "/assets/", "/.hidden", "/index.html/x"
    })
    void servesNothingBesidesTheApp(String path) throws IOException {
        var answer = get(path);
        assertTrue(answer.status() == 404 || answer.status() == 400, path + ": " + answer.status());
        assertFalse(answer.text().contains("secret"), path);
    }

    @Test
    void allowsReadingOnly() throws IOException {
        assertEquals(405, RawHttp.send(server.port(), true, "DELETE", localhost(), "/").status());
        var head = RawHttp.send(server.port(), true, "HEAD", localhost(), "/");
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
    }

    @Test
    void saysThatItIsWell() throws IOException {
        assertEquals("{\"status\":\"ok\"}\n", get("/healthz").text());
    }

    @Test
    void tellsItsHealthOnlyToThoseWhoAsk() throws IOException {
        for (var method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "NONSENSE"}) {
            var answer = RawHttp.send(server.port(), true, method, localhost(), "/healthz");
            assertEquals(405, answer.status(), method);
            assertEquals("GET, HEAD", answer.header("allow"), method);
            assertFalse(answer.text().contains("ok"), method);
        }
        var head = RawHttp.send(server.port(), true, "HEAD", localhost(), "/healthz");
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
    }

    @Test
    void refusesForeignHosts() throws IOException {
        for (var path : new String[] {"/", "/socket.io/?EIO=4&transport=polling", "/healthz"}) {
            var refused = RawHttp.get(server.port(), "rebound.example:" + server.port(), path);
            assertEquals(421, refused.status());
            assertTrue(refused.text().contains("--allowed-host"), refused.text());
            assertTrue(refused.header("content-security-policy").startsWith("default-src 'self';"));
            assertFalse(refused.header("content-security-policy").contains("rebound"));
            assertEquals("nosniff", refused.header("x-content-type-options"));
        }
        assertEquals(200, RawHttp.get(server.port(), "127.0.0.1:" + server.port(), "/").status());
        assertEquals(421, RawHttp.send(server.port(), false, "GET", "rebound.example", "/").status());
    }

    @Test
    void letsPagesOfItsOwnOriginSignalAndNoOthers() throws IOException {
        var poll = "/socket.io/?EIO=4&transport=polling";
        assertEquals(200, get(poll).status());
        assertEquals(200, get(poll, "Origin: https://" + localhost()).status());
        assertEquals(200, get(poll, "Origin: https://intranet.example.org").status());
        assertEquals(403, get(poll, "Origin: https://evil.example").status());
        assertEquals(403, get(poll, "Origin: null").status());
    }

    @Test
    void sendsPlainHttpToHttps() throws IOException {
        var answer = RawHttp.send(server.port(), false, "GET", localhost(), "/meeting.html?room=1");
        assertEquals(308, answer.status());
        assertEquals("nosniff", answer.header("x-content-type-options"));
        assertEquals("https://" + localhost() + "/meeting.html?room=1", answer.header("location"));
    }

    @Test
    void speaksTls12And13Only() throws IOException {
        RawHttp.certificate(server.port(), "TLSv1.2");
        RawHttp.certificate(server.port(), "TLSv1.3");
        assertThrows(IOException.class, () -> RawHttp.certificate(server.port(), "TLSv1.1"));
    }

    @Test
    void keepsItsCertificateOverARestart(@TempDir Path own) throws IOException {
        var one = TestServer.start(own, Map.of());
        var certificate = RawHttp.certificate(one.port(), "TLSv1.3");
        one.close();
        var two = TestServer.start(own, Map.of());
        assertEquals(certificate, RawHttp.certificate(two.port(), "TLSv1.3"));
        two.close();
    }

    @Test
    void usesANewCertificateWithoutARestartAndIgnoresABadOne(@TempDir Path own) throws IOException {
        // Two servers make two pairs; a third is given the first pair, and then the second.
        TestServer.start(own.resolve("a"), Map.of()).close();
        TestServer.start(own.resolve("b"), Map.of()).close();
        var chain = own.resolve("chain.pem");
        var key = own.resolve("key.pem");
        copy(own.resolve("a/data/certificate.pem"), chain);
        copy(own.resolve("a/data/key.pem"), key);
        var files = Map.of("PARLEY_CERTIFICATE", chain.toString(), "PARLEY_KEY", key.toString());
        try (var reloading = TestServer.start(own.resolve("c"), files)) {
            var before = RawHttp.certificate(reloading.port(), "TLSv1.3");
            Files.writeString(chain, "broken");
            copy(own.resolve("b/data/key.pem"), key);
            copy(own.resolve("b/data/certificate.pem"), chain);
            var after = before;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (after.equals(before) && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                after = RawHttp.certificate(reloading.port(), "TLSv1.3");
            }
            assertNotEquals(before, after);
        }
    }

    @Test
    void namesTheOptionWhenAPortIsTaken(@TempDir Path own) {
        var web = assertThrows(
                ConfigException.class,
                () -> Parley.start(Configs.of(own, Map.of("PARLEY_PORT", String.valueOf(server.port())))));
        assertTrue(web.getMessage().startsWith("TCP port " + server.port()), web.getMessage());
        assertTrue(web.getMessage().contains("--port"), web.getMessage());
        int media = server.parley().mediaPort();
        var udp = assertThrows(
                ConfigException.class,
                () -> Parley.start(Configs.of(own, Map.of("PARLEY_MEDIA_PORT", String.valueOf(media)))));
        assertEquals(
                "UDP port " + media + " is in use: stop the program that has it, or give another port by --media-port.",
                udp.getMessage());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
