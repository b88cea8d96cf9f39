package dev.parley.server;

import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.TestServer;
import dev.parley.server.testing.TestServer.Member;
import dev.parley.server.testing.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was answered in the chat is still there when the process was killed. A process that is killed leaves its files
 * as they are at that moment, so here another server starts from a copy that is taken while the first one lives.
 */
final class ChatOverARestartTest {
    private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(Trust.everybody()).build();

    @TempDir
    private Path folder;

    @TempDir
    private Path after;

    /** The first server's disk as it is now. */
    private void kill() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var from : files.toList()) {
                var to = after.resolve(folder.relativize(from).toString());
                if (Files.isDirectory(from)) {
                    Files.createDirectories(to);
                } else if (Files.isRegularFile(from)) {
                    Files.copy(from, to);
                }
            }
        }
    }

    private static JsonNode say(Member who, String text, Object... more) {
        return sayAs(UUID.randomUUID().toString(), who, text, more);
    }

    private static JsonNode sayAs(String id, Member who, String text, Object... more) {
        return who.client().request("chat", object(more).put("id", id).put("text", text));
    }

    private static List<String> texts(JsonNode snapshot) {
        return StreamSupport.stream(snapshot.get("chat").spliterator(), false)
                .map(message -> message.get("text").stringValue())
                .toList();
    }

    @Test
    void everyAnsweredMessageIsThereInItsOrderAndWithItsNumbers() throws Exception {
        try (var first = TestServer.start(folder, Map.of())) {
            var room = first.room();
            var ann = first.join(room, "Ann");
            long seq = 0;
            for (int i = 0; i < 15; i++) {
                seq = say(ann, "message " + i).get("seq").longValue();
            }
            kill();
            try (var second = TestServer.start(after, Map.of())) {
                var late = second.join(room, "Late");
                assertEquals(15, late.joined().get("chat").size());
                assertEquals("message 0", late.joined().at("/chat/0/text").stringValue());
                assertEquals("Ann", late.joined().at("/chat/14/name").stringValue());
                assertEquals(seq, late.joined().at("/chat/14/seq").longValue());
                assertTrue(say(late, "next").get("seq").longValue() > seq);
            }
        }
    }

    @Test
    void privateMessagesComeBackToTheirTwoEndsAlone() throws Exception {
        try (var first = TestServer.start(folder, Map.of())) {
            var room = first.room();
            var ann = first.join(room, "Ann");
            var bob = first.join(room, "Bob");
            var cleo = first.join(room, "Cleo");
            say(ann, "for all");
            say(ann, "for Bob", "to", bob.id());
            first.close(); // seats are written half a second after a change, or now
            kill();
            try (var second = TestServer.start(after, Map.of()); var annAgain = second.client();
                    var bobAgain = second.client(); var cleoAgain = second.client()) {
                assertEquals(List.of("for all", "for Bob"), texts(annAgain.request("resume", ann.resume(room))));
                assertEquals(List.of("for all", "for Bob"), texts(bobAgain.request("resume", bob.resume(room))));
                assertEquals(List.of("for all"), texts(cleoAgain.request("resume", cleo.resume(room))));
                assertEquals(List.of("for all"), texts(second.join(room, "Late").joined()));
            }
        }
    }

    @Test
    void aMessageThatIsSentAgainAfterTheRestartAppearsOnce() throws Exception {
        TestServer.Room room;
        Member ann;
        var id = UUID.randomUUID().toString();
        JsonNode answered;
        try (var first = TestServer.start(folder, Map.of())) {
            room = first.room();
            ann = first.join(room, "Ann");
            answered = sayAs(id, ann, "once");
        }
        try (var second = TestServer.start(folder, Map.of()); var client = second.client()) {
            client.request("resume", ann.resume(room));
            var again = client.request("chat", object("id", id, "text", "once"));
            assertEquals(answered.get("seq"), again.get("seq"));
            assertEquals(answered.get("time"), again.get("time"));
            assertEquals(List.of("once"), texts(second.join(room, "Late").joined()));
        }
    }

    @Test
    void filesThatWereSentAreStillThereAndOthersAreNot() throws Exception {
        TestServer.Room room;
        String url;
        try (var first = TestServer.start(folder, Map.of())) {
            room = first.room();
            var ann = first.join(room, "Ann");
            var sent = upload(first, ann, "sent");
            upload(first, ann, "not sent");
            url = say(ann, "", "fileId", sent).at("/file/url").stringValue();
            kill();
        }
        try (var second = TestServer.start(after, Map.of())) {
            var late = second.join(room, "Late");
            assertEquals(url, late.joined().at("/chat/0/file/url").stringValue());
            assertArrayEquals("sent".getBytes(StandardCharsets.UTF_8), get(second, url).body());
            try (var files = Files.list(after.resolve("data/files"))) {
                assertEquals(1, files.count(), "uploads that nobody sent are deleted");
            }
        }
    }

    @Test
    void aFileThatWasDamagedMeanwhileIsGoneButNotItsMessage() throws Exception {
        TestServer.Room room;
        String url;
        try (var first = TestServer.start(folder, Map.of())) {
            room = first.room();
            var ann = first.join(room, "Ann");
            url = say(ann, "", "fileId", upload(first, ann, "sent")).at("/file/url").stringValue();
        }
        Files.writeString(folder.resolve("data/files").resolve(url.substring(url.lastIndexOf('/') + 1)), "s");
        try (var second = TestServer.start(folder, Map.of())) {
            assertEquals(1, second.join(room, "Late").joined().get("chat").size());
            assertEquals(404, get(second, url).statusCode());
        }
    }

    @Test
    void aFullDiskRefusesTheMessageAndNothingElse() throws Exception {
        try (var server = TestServer.start(folder, Map.of())) {
            var room = server.room();
            var ann = server.join(room, "Ann");
            var bob = server.join(room, "Bob");
            var fileId = upload(server, ann, "file");
            var chat = folder.resolve("data/rooms/" + room.id() + ".chat");
            Files.createSymbolicLink(chat, Path.of("/dev/full"));
            var id = UUID.randomUUID().toString();
            var refused = sayAs(id, ann, "lost?", "fileId", fileId);
            assertEquals("server/storage", refused.get("code").stringValue());
            assertTrue(refused.get("message").stringValue().contains("disk"));
            assertTrue(ann.client().request("react", object("emoji", "👍")).get("ok").booleanValue());
            assertEquals(0, server.join(room, "Cleo").joined().get("chat").size(), "what was refused was told to nobody");
            Files.delete(chat);
            assertTrue(sayAs(id, ann, "lost?", "fileId", fileId).get("ok").booleanValue(), "the next try works");
            assertEquals("lost?", bob.client().event("chatMessage").get("text").stringValue());
        }
    }

    @Test
    void anUploadThatFindsNoPlaceOnTheDiskIsRefusedInWords() throws Exception {
        try (var server = TestServer.start(folder, Map.of())) {
            var ann = server.join(server.room(), "Ann");
            var files = folder.resolve("data/files");
            Files.delete(files);
            Files.createFile(files);
            var answer = post(server, ann, "x");
            assertEquals(507, answer.statusCode());
            assertEquals("server/storage", new JsonMapper().readTree(answer.body()).get("code").stringValue());
        }
    }

    @Test
    void theChatGoesWithItsRoom() throws Exception {
        try (var server = TestServer.start(folder, Map.of())) {
            var room = server.room();
            var ann = server.host(room, "Ann");
            say(ann, "x");
            var chat = folder.resolve("data/rooms/" + room.id() + ".chat");
            assertTrue(Files.exists(chat));
            ann.client().request("endRoom", object());
        }
        try (var left = Files.list(folder.resolve("data/rooms"))) {
            assertEquals(0, left.count());
        }
        // Of a process that was killed between the two.
        var orphan = folder.resolve("data/rooms/" + UUID.randomUUID() + ".chat");
        Files.writeString(orphan, "x");
        try (var server = TestServer.start(folder, Map.of())) {
            assertFalse(Files.exists(orphan));
        }
    }

    private static String upload(TestServer server, Member member, String text) throws Exception {
        return new JsonMapper().readTree(post(server, member, text).body()).get("fileId").stringValue();
    }

    private static HttpResponse<byte[]> post(TestServer server, Member member, String text) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/files?name=a.txt"))
                        .header("Authorization", "Bearer " + member.joined().at("/files/token").stringValue())
                        .POST(HttpRequest.BodyPublishers.ofString(text))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> get(TestServer server, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
