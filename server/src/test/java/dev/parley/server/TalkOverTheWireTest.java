package dev.parley.server;

import static dev.parley.server.testing.Answers.code;
import static dev.parley.server.testing.Answers.ok;
import static dev.parley.server.testing.SocketIoClient.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.SocketIoClient;
import dev.parley.server.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Private messages, reactions and raised hands. */
final class TalkOverTheWireTest {
    @TempDir
    private static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> texts(JsonNode chat) {
        var texts = new ArrayList<String>();
        chat.forEach(message -> texts.add(message.get("text").stringValue()));
        return texts;
    }

    private static JsonNode whisper(SocketIoClient from, String to, String text) {
        return from.request("chat", object("id", UUID.randomUUID().toString(), "text", text, "to", to));
    }

    @Test
    void aPrivateMessageIsSeenByItsTwoPeopleOnlyNowAndLater() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        var cleo = server.join(room, "Cleo");
        assertEquals("Cleo", ok(whisper(bob.client(), cleo.id(), "psst")).get("toName").stringValue());
        for (var member : List.of(bob, cleo)) {
            var told = member.client().event("chatMessage");
            assertEquals("psst", told.get("text").stringValue());
            assertEquals(cleo.id(), told.get("to").stringValue());
            assertEquals("Cleo", told.get("toName").stringValue());
        }
        bob.client().request("chat", object("id", UUID.randomUUID().toString(), "text", "for all"));
        assertEquals("for all", ann.client().event("chatMessage").get("text").stringValue(), "not even hosts see more");
        assertFalse(cleo.client().event("chatMessage").has("to"));
        cleo.client().breakOff();
        try (var client = server.client()) {
            assertEquals(List.of("psst", "for all"), texts(client.request("resume", cleo.resume(room)).get("chat")));
        }
        assertEquals(List.of("for all"), texts(server.join(room, "Late").joined().get("chat")));
    }

    @Test
    void aPrivateMessageToNobodyHereIsRefused() {
        var room = server.room();
        var ann = server.join(room, "Ann");
        var stranger = server.join(server.room(), "Stranger");
        assertEquals("not-found", code(whisper(ann.client(), stranger.id(), "psst")));
        assertEquals("not-found", code(whisper(ann.client(), UUID.randomUUID().toString(), "psst")));
        stranger.client().request("nothing", object());
        assertEquals(List.of(), stranger.client().untaken());
    }

    @Test
    void aPrivateMessageThatIsSentAgainAppearsOnce() {
        var room = server.room();
        var ann = server.join(room, "Ann");
        var bob = server.join(room, "Bob");
        var message = object("id", UUID.randomUUID().toString(), "text", "psst", "to", bob.id());
        assertEquals(ok(ann.client().request("chat", message)), ann.client().request("chat", message));
        bob.client().event("chatMessage");
        bob.client().request("nothing", object());
        assertEquals(List.of(), bob.client().untaken());
    }

    @Test
    void reactionsAreShownToAllAndForgotten() {
        var room = server.room();
        var ann = server.join(room, "Ann");
        var bob = server.join(room, "Bob");
        ok(ann.client().request("react", object("emoji", "👍")));
        for (var member : List.of(ann, bob)) {
            assertEquals(object("participantId", ann.id(), "emoji", "👍"), member.client().event("reaction"));
        }
        assertEquals("request/invalid", code(ann.client().request("react", object("emoji", "<b>"))));
    }

    @Test
    void reactionsAreLimited() {
        var ann = server.join(server.room(), "Ann");
        var codes = IntStream.range(0, 30)
                .mapToObj(i -> ann.client().request("react", object("emoji", "🎉")).path("code").asString("done"))
                .toList();
        assertTrue(codes.contains("request/too-many"), codes.toString());
    }

    @Test
    void handsAreKeptInTheOrderInWhichTheyWereRaised() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        var cleo = server.join(room, "Cleo");
        for (var member : List.of(cleo, ann, bob, cleo)) {
            ok(member.client().request("raiseHand", object("raised", true)));
        }
        var hands = server.join(room, "Late").joined().get("hands");
        assertEquals(List.of(cleo.id(), ann.id(), bob.id()), hands.valueStream().map(JsonNode::stringValue).toList());
        ok(ann.client().request("raiseHand", object("raised", false)));
        ok(ann.client().request("lowerHand", object("participantId", cleo.id())));
        cleo.client().event("handsChanged", told -> told.get("hands").toString().equals("[\"" + bob.id() + "\"]"));
        bob.client().request("leave", object());
        ann.client().event("handsChanged", told -> told.get("hands").isEmpty());
    }
}
