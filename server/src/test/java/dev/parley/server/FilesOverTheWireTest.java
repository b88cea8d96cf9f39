package dev.parley.server;

import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.TestServer;
import dev.parley.server.testing.TestServer.Member;
import dev.parley.server.testing.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files in the chat, over real HTTPS. */
final class FilesOverTheWireTest {
    private static final int LIMIT = 1_000_000;
    private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(Trust.everybody()).build();

    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("PARLEY_FILE_LIMIT", "1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
    }

    private static HttpRequest.Builder upload(String token, String type, HttpRequest.BodyPublisher body) {
        return to("/files?name=n%C3%A4me%20%2F..%2Fa.html")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .POST(body);
    }

    private static String token(Member member) {
        return member.joined().at("/files/token").stringValue();
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        return new JsonMapper().readTree(response.body());
    }

    private static String uploaded(Member member, byte[] bytes) throws IOException, InterruptedException {
        var response = send(upload(token(member), "text/html", HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertEquals(200, response.statusCode(), new String(response.body()));
        return json(response).get("fileId").stringValue();
    }

    private static JsonNode sent(Member member, String fileId, Object... more) {
        var message = object(more);
        return member.client().request(
                "chat", message.put("id", UUID.randomUUID().toString()).put("text", "").put("fileId", fileId));
    }

    private static long filesOnDisk() throws IOException {
        try (var files = Files.list(folder.resolve("data/files"))) {
            return files.count();
        }
    }

    @Test
    void aFileGoesFromOneToTheOthersAsAHarmlessAttachment() throws Exception {
        var room = server.room();
        var ann = server.join(room, "Ann");
        var bob = server.join(room, "Bob");
        assertEquals(LIMIT, ann.joined().at("/files/limit").intValue());
        var bytes = bytes(LIMIT);
        var fileId = uploaded(ann, bytes);
        assertEquals(404, send(to("/files/" + room.id() + "/" + fileId)).statusCode(), "not before it is sent");
        assertTrue(sent(ann, fileId).get("ok").booleanValue());
        var file = bob.client().event("chatMessage").get("file");
        assertEquals("a.html", file.get("name").stringValue());
        assertEquals(LIMIT, file.get("size").intValue());
        assertEquals("text/html", file.get("type").stringValue());
        var got = send(to(file.get("url").stringValue()));
        assertEquals(200, got.statusCode());
        assertArrayEquals(bytes, got.body());
        var headers = got.headers();
        assertEquals("application/octet-stream", headers.firstValue("Content-Type").orElse(""));
        assertEquals("attachment; filename*=UTF-8''a.html", headers.firstValue("Content-Disposition").orElse(""));
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(List.of("sandbox; default-src 'none'"), headers.allValues("Content-Security-Policy"));
        assertEquals(file, server.join(room, "Late").joined().at("/chat/0/file"), "late joiners have it too");
    }

    @Test
    void aFileIsSentOnceAndByItsOwner() throws Exception {
        var room = server.room();
        var ann = server.join(room, "Ann");
        var bob = server.join(room, "Bob");
        var fileId = uploaded(ann, bytes(10));
        assertEquals("not-found", sent(bob, fileId).get("code").stringValue());
        assertTrue(sent(ann, fileId, "to", bob.id()).get("ok").booleanValue());
        assertEquals(bob.id(), bob.client().event("chatMessage").get("to").stringValue());
        assertEquals("not-found", sent(ann, fileId).get("code").stringValue());
    }

    @Test
    void tooLargeAFileIsRefusedWhileItComes() throws Exception {
        var ann = server.join(server.room(), "Ann");
        long before = filesOnDisk();
        // Its length is not announced, and it would never end.
        InputStream endless = new InputStream() {
            private final byte[] chunk = new byte[1 << 14];
            private InputStream rest = new ByteArrayInputStream(chunk);

            @Override
            public int read() throws IOException {
                int b = rest.read();
                return b >= 0 ? b : (rest = new ByteArrayInputStream(chunk)).read();
            }
        };
        var refused = new ArrayList<Integer>();
        try {
            refused.add(send(upload(token(ann), "a/b", HttpRequest.BodyPublishers.ofInputStream(() -> endless)))
                    .statusCode());
        } catch (IOException closed) {
            refused.add(413); // the server may hang up before the client has heard
        }
        assertEquals(List.of(413), refused);
        var announced = send(upload(token(ann), "a/b", HttpRequest.BodyPublishers.ofByteArray(bytes(LIMIT + 1))));
        assertEquals(413, announced.statusCode());
        assertEquals("file/too-large", json(announced).get("code").stringValue());
        assertEquals(before, filesOnDisk(), "nothing stays behind");
    }

    @Test
    void onlyPeopleInARoomUpload() throws Exception {
        var room = server.room();
        var ann = server.join(room, "Ann");
        var body = HttpRequest.BodyPublishers.ofString("x");
        for (var token : List.of("", "x", token(ann) + "x", token(ann).replaceFirst("^[^.]+", room.id() + "0"))) {
            assertEquals(403, send(upload(token, "a/b", body)).statusCode(), token);
        }
        assertEquals(403, send(to("/files?name=a").POST(body)).statusCode());
        ann.client().request("leave", object());
        assertEquals(403, send(upload(token(ann), "a/b", body)).statusCode());
    }

    @Test
    void foreignPagesMayNotUpload() throws Exception {
        var ann = server.join(server.room(), "Ann");
        var body = HttpRequest.BodyPublishers.ofString("x");
        var foreign = upload(token(ann), "a/b", body).header("Origin", "https://evil.example");
        assertEquals(403, send(foreign).statusCode());
        var own = upload(token(ann), "a/b", body).header("Origin", "https://localhost:" + server.port());
        assertEquals(200, send(own).statusCode());
    }

    @Test
    void aRoomHasPlaceForTwentyOfTheLargestAndGivesItBackWhenItEnds() throws Exception {
        var room = server.room();
        var ann = server.host(room, "Ann");
        long before = filesOnDisk();
        for (int i = 0; i < 20; i++) {
            uploaded(ann, bytes(LIMIT));
        }
        var full = send(upload(token(ann), "a/b", HttpRequest.BodyPublishers.ofString("x")));
        assertEquals(429, full.statusCode());
        assertEquals("limit/reached", json(full).get("code").stringValue());
        assertTrue(ann.client().request("endRoom", object()).get("ok").booleanValue());
        assertEquals(before, filesOnDisk());
    }

    @Test
    void aServerWithoutFilesSaysSo(@TempDir Path other) throws Exception {
        try (var without = TestServer.start(other, Map.of("PARLEY_FILE_LIMIT", "0"))) {
            var ann = without.join(without.room(), "Ann");
            assertEquals(0, ann.joined().at("/files/limit").intValue());
            assertEquals("", token(ann));
            var url = URI.create("https://127.0.0.1:" + without.port() + "/files?name=a");
            var request = HttpRequest.newBuilder(url).header("Authorization", "Bearer x.y.z");
            var answer = send(request.POST(HttpRequest.BodyPublishers.ofString("x")));
            assertEquals(403, answer.statusCode());
            assertFalse(json(answer).get("ok").booleanValue());
        }
    }
}
