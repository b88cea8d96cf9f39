package dev.parley.server;

import static dev.parley.server.testing.Answers.code;
import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.SocketIoClient;
import dev.parley.server.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RoomsOverTheWireTest {
    private static final String UNKNOWN_ROOM = "08d8c6ad-ae80-4f33-9dc7-82d0b30f3e7a";

    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                folder,
                Map.of(
                        "PARLEY_GRACE", "1",
                        "PARLEY_RELOAD_GRACE", "1",
                        "PARLEY_MAX_PARTICIPANTS", "4",
                        "PARLEY_TRUSTED_PROXY", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode chat(SocketIoClient client, String id, String text) {
        return client.request("chat", object("id", id, "text", text));
    }

    @Test
    void makesARoomWithALinkAndASixDigitCode() {
        try (var client = server.client()) {
            var made = client.request("createRoom", object());
            var id = made.get("roomId").stringValue();
            assertEquals(id, UUID.fromString(id).toString());
            assertTrue(made.get("code").stringValue().matches("[0-9]{6}"));
            assertEquals(
                    "https://localhost:" + server.port() + "/meeting.html?room=" + id, made.get("link").stringValue());
        }
    }

    @Test
    void letsInWhoKnowsTheCodeAndTellsTheOthers() {
        var room = server.room();
        var ada = server.join(room, " Ada\u202e ");
        assertEquals(0, ada.joined().get("participants").size());
        assertEquals(1, ada.joined().get("graceSeconds").intValue());
        assertTrue(ada.joined().at("/routerRtpCapabilities/codecs/0/mimeType").stringValue().contains("/"));
        var bob = server.join(room, "Bob");
        assertEquals("Ada", bob.joined().at("/participants/0/name").stringValue());
        assertEquals(ada.id(), bob.joined().at("/participants/0/id").stringValue());
        var told = ada.client().event("participantJoined");
        assertEquals(bob.id(), told.at("/participant/id").stringValue());
        assertEquals(0, told.at("/participant/producers").size());
        assertNotEquals(ada.joined().get("sessionToken"), bob.joined().get("sessionToken"));
        assertTrue(ada.joined().get("sessionToken").stringValue().length() >= 43);
    }

    @Test
    void givesAnUnknownRoomAWrongCodeAFullRoomAndALockOutTheSameAnswer() {
        var room = server.room();
        IntStream.range(0, 4).forEach(i -> server.join(room, "P" + i));
        try (var client = server.client()) {
            var full = client.request("join", room.join("Late"));
            var wrong = client.request("join", object("roomId", room.id(), "code", room.wrongCode(), "name", "x"));
            var unknown = client.request("join", object("roomId", UNKNOWN_ROOM, "code", room.code(), "name", "x"));
            assertEquals("room/refused", code(full));
            assertEquals(full, wrong);
            assertEquals(full, unknown);
        }
        var guessed = server.room();
        try (var client = server.client()) {
            JsonNode answer = object();
            for (int i = 0; i < 5; i++) {
                answer = client.request("join", object("roomId", guessed.id(), "code", guessed.wrongCode(), "name",
                        "x"));
            }
            var lockedOut = client.request("join", guessed.join("x"));
            assertEquals("room/refused", code(lockedOut));
            assertEquals(answer, lockedOut);
        }
    }

    @Test
    void refusesRequestsOutOfTurn() {
        var room = server.room();
        try (var client = server.client()) {
            for (var request : List.of("leave", "createTransport", "chat")) {
                var argument = request.equals("chat")
                        ? object("id", UNKNOWN_ROOM, "text", "x")
                        : object("direction", "send");
                assertEquals("state/not-joined", code(client.request(request, argument)));
            }
            assertTrue(client.request("join", room.join("Ada")).get("ok").booleanValue());
            assertEquals("state/already-joined", code(client.request("join", room.join("Ada"))));
            assertEquals("request/invalid", code(client.request("dance", object())));
            assertEquals("request/invalid", code(client.request("chat", object("id", 1, "text", "x"))));
            assertEquals("request/invalid", code(client.request("leave", "now")));
            assertTrue(client.request("leave", object()).get("ok").booleanValue());
            assertEquals("state/not-joined", code(client.request("leave", object())));
            assertTrue(client.request("join", room.join("Ada again")).get("ok").booleanValue());
        }
    }

    @Test
    void tellsAtOnceOfThoseWhoLeaveOrDisconnectAndALittleLaterOfThoseWhoseTabIsClosed() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var leaver = server.join(room, "Leaver");
        var disconnecter = server.join(room, "Disconnecter");
        var closer = server.join(room, "Closer");
        leaver.client().request("leave", object());
        assertEquals("left", left(watcher, leaver));
        disconnecter.client().disconnect();
        assertEquals("left", left(watcher, disconnecter));
        closer.client().closeTab();
        assertEquals("left", left(watcher, closer));
        assertEquals(0, server.join(room, "Next").joined().get("participants").size() - 1);
    }

    private static String left(TestServer.Member watcher, TestServer.Member who) {
        var told = watcher.client().event("participantLeft");
        assertEquals(who.id(), told.get("participantId").stringValue());
        return told.get("reason").stringValue();
    }

    @Test
    void tellsTheOthersThatAConnectionIsLostAndThatItIsBack() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var ada = server.join(room, "Ada");
        watcher.client().event("participantJoined");
        ada.client().breakOff();
        var told = watcher.client().event("connectionChanged");
        assertEquals(ada.id(), told.get("participantId").stringValue());
        assertFalse(told.get("connected").booleanValue());
        var late = server.join(room, "Late");
        var seen = late.joined().get("participants").valueStream()
                .filter(other -> other.get("id").stringValue().equals(ada.id()))
                .findFirst()
                .orElseThrow();
        assertFalse(seen.get("connected").booleanValue());
        try (var client = server.client()) {
            client.request("resume", ada.resume(room));
            assertTrue(watcher.client().event("connectionChanged").get("connected").booleanValue());
        }
    }

    @Test
    void keepsTheSeatOfAPageThatIsLoadedAgain() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var ada = server.join(room, "Ada");
        watcher.client().event("participantJoined");
        ada.client().closeTab();
        watcher.client().event("connectionChanged");
        try (var client = server.client()) {
            assertTrue(client.request("resume", ada.resume(room)).get("ok").booleanValue());
            watcher.client().event("connectionChanged");
            // Longer than a page may take that is loaded again: it was, so nobody leaves.
            var other = server.join(room, "Other");
            watcher.client().event("participantJoined");
            other.client().closeTab();
            assertEquals("left", left(watcher, other));
            watcher.client().event("connectionChanged");
            assertEquals(List.of(), watcher.client().untaken());
        }
    }

    @Test
    void takesAPageThatSaidItGoesForGoneWhateverEndsItsConnection() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var ada = server.join(room, "Ada");
        assertTrue(ada.client().request("goAway", object()).get("ok").booleanValue());
        ada.client().breakOff();
        assertEquals("left", left(watcher, ada));
        var bob = server.join(room, "Bob");
        bob.client().request("goAway", object());
        assertTrue(chat(bob.client(), UUID.randomUUID().toString(), "still here").get("ok").booleanValue());
        bob.client().breakOff();
        assertEquals("connection-lost", left(watcher, bob));
    }

    @Test
    void keepsALostParticipantForTheGracePeriod() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var lost = server.join(room, "Lost");
        watcher.client().event("participantJoined");
        lost.client().breakOff();
        assertEquals("connection-lost", left(watcher, lost));
        try (var client = server.client()) {
            assertEquals("session/unknown", code(client.request("resume", lost.resume(room))));
        }
    }

    @Test
    void takesALostParticipantBackWithAnExactSnapshot() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var lost = server.join(room, "Lost");
        watcher.client().event("participantJoined");
        lost.client().breakOff();
        chat(watcher.client(), UUID.randomUUID().toString(), "while you were away");
        try (var client = server.client()) {
            var back = client.request("resume", lost.resume(room));
            assertEquals(lost.id(), back.get("participantId").stringValue());
            assertEquals("while you were away", back.at("/chat/0/text").stringValue());
            assertEquals("Watcher", back.at("/participants/0/name").stringValue());
            assertEquals(0, back.get("transports").size());
            chat(watcher.client(), UUID.randomUUID().toString(), "hello again");
            assertEquals("hello again", client.event("chatMessage").get("text").stringValue());
            // Longer than the grace period of the lost connection: the new one goes on.
            var third = server.join(room, "Third");
            third.client().breakOff();
            assertEquals("connection-lost", left(watcher, third));
            assertTrue(chat(client, UUID.randomUUID().toString(), "still here").get("ok").booleanValue());
        }
    }

    @Test
    void endsTheOldConnectionWhenANewOneResumes() {
        var room = server.room();
        var watcher = server.join(room, "Watcher");
        var ada = server.join(room, "Ada");
        try (var client = server.client()) {
            assertTrue(client.request("resume", ada.resume(room)).get("ok").booleanValue());
            ada.client().awaitClosed();
            assertTrue(chat(client, UUID.randomUUID().toString(), "x").get("ok").booleanValue());
            watcher.client().event("participantJoined");
            watcher.client().event("chatMessage");
            assertEquals(List.of(), watcher.client().untaken(), "joined and chat, but nobody left");
        }
    }

    @Test
    void resumesNobodyWithoutTheToken() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var other = server.room();
        try (var client = server.client()) {
            var wrong = object("roomId", room.id(), "participantId", ada.id(), "sessionToken", "x".repeat(43));
            assertEquals("session/unknown", code(client.request("resume", wrong)));
            assertEquals("session/unknown", code(client.request("resume", ada.resume(other))));
        }
    }

    @Test
    void tellsEverybodyTheChatInTheSameOrderAndOnce() {
        var room = server.room();
        var members = IntStream.range(0, 3).mapToObj(i -> server.join(room, "P" + i)).toList();
        var answers = new ArrayList<CompletableFuture<JsonNode>>();
        for (int i = 0; i < 5; i++) {
            for (var member : members) {
                answers.add(member.client().ask("chat", object("id", UUID.randomUUID().toString(), "text", "t" + i)));
            }
        }
        answers.forEach(answer -> assertTrue(answer.join().get("ok").booleanValue()));
        for (var member : members) {
            for (int seq = 1; seq <= 15; seq++) {
                assertEquals(seq, member.client().event("chatMessage").get("seq").intValue());
            }
        }
        var late = server.join(room, "Late");
        assertEquals(15, late.joined().get("chat").size());
        assertEquals(15, late.joined().at("/chat/14/seq").intValue());
    }

    @Test
    void takesTheSameChatMessageOnce() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        var id = UUID.randomUUID().toString();
        var first = chat(ada.client(), id, "<b>hi</b>");
        assertEquals(first, chat(ada.client(), id, "<b>hi</b>"));
        assertEquals("<b>hi</b>", ada.client().event("chatMessage").get("text").stringValue());
        assertEquals(2, chat(ada.client(), UUID.randomUUID().toString(), "next").get("seq").intValue());
        assertEquals(2, ada.client().event("chatMessage").get("seq").intValue());
    }

    @Test
    void limitsChatTextAndRate() {
        var room = server.room();
        var ada = server.join(room, "Ada");
        assertTrue(chat(ada.client(), UUID.randomUUID().toString(), "x".repeat(2000)).get("ok").booleanValue());
        assertEquals("request/invalid", code(chat(ada.client(), UUID.randomUUID().toString(), "x".repeat(2001))));
        var answers = IntStream.range(0, 60)
                .mapToObj(i -> ada.client().ask("chat", object("id", UUID.randomUUID().toString(), "text", "x")))
                .map(CompletableFuture::join)
                .toList();
        assertTrue(answers.stream().anyMatch(a -> a.path("code").asString("").equals("request/too-many")));
    }

    @Test
    void keepsRoomsApart() {
        var one = server.room();
        var two = server.room();
        var ada = server.join(one, "Ada");
        var bob = server.join(two, "Bob");
        assertEquals(0, bob.joined().get("participants").size());
        chat(ada.client(), UUID.randomUUID().toString(), "one");
        chat(bob.client(), UUID.randomUUID().toString(), "two");
        assertEquals("two", bob.client().event("chatMessage").get("text").stringValue());
        assertEquals("one", ada.client().event("chatMessage").get("text").stringValue());
        assertEquals(List.of(), bob.client().untaken());
        assertEquals(List.of(), ada.client().untaken());
    }

    @Test
    void tellsALateJoinerEachMessageOnceWhileOthersWrite() throws InterruptedException {
        var room = server.room();
        var writer = server.join(room, "Writer");
        var writing = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 19; i++) {
                chat(writer.client(), UUID.randomUUID().toString(), "t");
            }
        });
        var late = server.join(room, "Late");
        writing.join();
        int known = late.joined().get("chat").size();
        for (int seq = known + 1; seq <= 19; seq++) {
            assertEquals(seq, late.client().event("chatMessage").get("seq").intValue());
        }
        assertEquals(List.of(), late.client().untaken());
    }
}
