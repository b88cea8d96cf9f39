package dev.parley.server;

import static dev.parley.server.testing.Answers.code;
import static dev.parley.server.testing.Answers.ok;
import static dev.parley.server.testing.SocketIoClient.object;
import static dev.parley.server.testing.Streams.produce;
import static dev.parley.server.testing.Streams.sendTransport;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.SocketIoClient;
import dev.parley.server.testing.TestServer;
import dev.parley.server.testing.TestServer.Member;
import dev.parley.server.testing.TestServer.Room;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what to whom: every role, every action, in one's own room and in another. */
final class HostPowersOverTheWireTest {
    @TempDir
    private static Path folder;

    private static TestServer server;

    /** Where nothing that is done elsewhere may be noticed: one for all cases. */
    private static Scene other;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("PARLEY_ROOMS_PER_MINUTE", "100000"));
        other = new Scene();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Who asks. */
    private enum Asker {
        HOST,
        GUEST,
        /** Was a host until a moment ago. */
        FORMER_HOST,
        REMOVED,
        LEFT,
        IN_THE_LOBBY,
        NOBODY
    }

    /** Whether the one who is meant is in the asker's room. */
    private enum Where {
        OWN_ROOM,
        OTHER_ROOM
    }

    /** A room with a guest who sends a voice and a screen, with a raised hand, and somebody in the lobby. */
    private static final class Scene implements AutoCloseable {
        private final Room room = server.room();
        private final Member host = server.host(room, "Host");
        private final Member guest = server.join(room, "Guest");
        private final SocketIoClient waiting = server.client();
        private final String waitingId;

        Scene() {
            var transport = sendTransport(guest);
            ok(produce(guest, transport, "microphone"));
            ok(produce(guest, transport, "screen"));
            ok(guest.client().request("raiseHand", object("raised", true)));
            ok(host.client().request("configureRoom", object("lobby", true)));
            assertTrue(waiting.request("join", room.join("Waiting")).get("waiting").booleanValue());
            waitingId = host.client()
                    .event("waitingChanged", told -> told.get("waiting").size() == 1)
                    .at("/waiting/0/id")
                    .stringValue();
            settle(guest.client());
            settle(waiting);
        }

        SocketIoClient asker(Asker who) {
            if (who == Asker.HOST) {
                return host.client();
            }
            if (who == Asker.NOBODY) {
                return server.client();
            }
            if (who == Asker.IN_THE_LOBBY) {
                var client = server.client();
                assertTrue(client.request("join", room.join("Impatient")).get("waiting").booleanValue());
                return client;
            }
            ok(host.client().request("configureRoom", object("lobby", false)));
            var asker = server.join(room, "Asker");
            var id = object("participantId", asker.id());
            switch (who) {
                case FORMER_HOST -> {
                    ok(host.client().request("setRole", id.put("role", "host")));
                    ok(asker.client().request("setRole", id.put("role", "guest")));
                }
                case REMOVED -> {
                    ok(host.client().request("remove", id));
                    asker.client().event("removed");
                }
                case LEFT -> ok(asker.client().request("leave", object()));
                default -> {}
            }
            settle(guest.client());
            settle(waiting);
            return asker.client();
        }

        @Override
        public void close() {
            Stream.of(host.client(), guest.client(), waiting).forEach(SocketIoClient::close);
        }
    }

    /** A request, and the event by which the one who is meant notices it; an empty event: nothing to notice. */
    private record Action(String request, Function<Scene, Object> argument, boolean aimed, String notice) {
        @Override
        public String toString() {
            return request + (aimed ? "" : " of all");
        }
    }

    private static Object guestOf(Scene scene, Object... more) {
        var object = object(more);
        return object.put("participantId", scene.guest.id());
    }

    private static final List<Action> ACTIONS = List.of(
            new Action("configureRoom", scene -> object("locked", true), false, "roomChanged"),
            new Action("admit", scene -> object("waitingId", scene.waitingId), true, "admitted"),
            new Action("admit", scene -> object(), false, "admitted"),
            new Action("deny", scene -> object("waitingId", scene.waitingId), true, "denied"),
            new Action("deny", scene -> object(), false, "denied"),
            new Action("setRole", scene -> guestOf(scene, "role", "host"), true, "roleChanged"),
            new Action("mute", scene -> guestOf(scene), true, "ownProducerPaused"),
            new Action("muteAll", scene -> object(), false, "ownProducerPaused"),
            new Action("askToUnmute", scene -> guestOf(scene), true, "askedToUnmute"),
            new Action("stopShare", scene -> guestOf(scene), true, "ownProducerClosed"),
            new Action("lowerHand", scene -> guestOf(scene), true, "handsChanged"),
            new Action("lowerHand", scene -> object(), false, "handsChanged"),
            new Action("remove", scene -> guestOf(scene), true, "removed"),
            new Action("remove", scene -> guestOf(scene, "block", true), true, "removed"),
            new Action("endRoom", scene -> object(), false, "roomClosed"));

    static Stream<Arguments> everything() {
        return Stream.of(Asker.values())
                .flatMap(asker -> Stream.of(Where.values())
                        .flatMap(where -> ACTIONS.stream()
                                .filter(action -> action.aimed() || where == Where.OWN_ROOM)
                                .map(action -> Arguments.of(asker, action, where))));
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @MethodSource("everything")
    void onlyHostsHavePowersAndOnlyInTheirRoom(Asker who, Action action, Where where) {
        try (var own = new Scene()) {
            var meant = where == Where.OWN_ROOM ? own : other;
            try (var asker = own.asker(who)) {
                var answer = asker.request(action.request(), action.argument().apply(meant));
                var expected = expected(who, action, where);
                assertEquals(expected, answer.path("code").asString("done"), answer.toString());
                boolean done = expected.equals("done");
                assertNoticed(own, action, done);
                assertNoticed(other, action, false);
            }
        }
    }

    private static String expected(Asker who, Action action, Where where) {
        return switch (who) {
            case HOST -> action.aimed() && where == Where.OTHER_ROOM ? "not-found" : "done";
            case GUEST, FORMER_HOST -> "state/not-host";
            case REMOVED, LEFT, IN_THE_LOBBY, NOBODY -> "state/not-joined";
        };
    }

    private static void assertNoticed(Scene scene, Action action, boolean noticed) {
        var client = List.of("admit", "deny").contains(action.request()) ? scene.waiting : scene.guest.client();
        if (noticed) {
            client.event(action.notice());
        } else {
            // Answers and events come in one order: what was told before is there when this is answered.
            client.request("nothing", object());
            var events = client.untaken().stream().map(event -> event.name()).toList();
            assertFalse(events.contains(action.notice()), events.toString());
        }
    }

    /** Takes what has been told so far. */
    private static void settle(SocketIoClient client) {
        client.request("nothing", object());
        client.untaken().forEach(event -> client.event(event.name()));
    }

    // ---- what the actions do

    @Test
    void theHostLinkMakesAHostAndTheCodeDoesNot() {
        try (var client = server.client()) {
            var made = ok(client.request("createRoom", object()));
            var token = made.get("hostToken").stringValue();
            assertTrue(token.length() >= 43, "256 bits");
            assertEquals(made.get("link").stringValue() + "#host=" + token, made.get("hostLink").stringValue());
        }
        var room = server.room();
        assertEquals("host", server.host(room, "Ann").joined().get("role").stringValue());
        var guest = server.join(room, "Bob");
        assertEquals("guest", guest.joined().get("role").stringValue());
        assertEquals("host", guest.joined().at("/participants/0/role").stringValue());
        assertEquals("host", server.host(room, "Second").joined().get("role").stringValue(), "several are fine");
        try (var client = server.client()) {
            var forged = object("roomId", room.id(), "hostToken", "x".repeat(43), "code", room.code(), "name", "Eve");
            assertEquals("room/refused", code(client.request("join", forged)));
            var elsewhere = object("roomId", server.room().id(), "hostToken", room.hostToken(), "name", "Eve");
            assertEquals("room/refused", code(client.request("join", elsewhere)));
        }
    }

    @Test
    void guessingHostTokensLocksOutLikeGuessingCodes() {
        var room = server.room();
        try (var client = server.client()) {
            for (int i = 0; i < 5; i++) {
                client.request("join", object("roomId", room.id(), "hostToken", "guess" + i, "name", "Eve"));
            }
            assertEquals("room/refused", code(client.request("join", room.join("Eve"))), "even with the right code");
        }
    }

    @Test
    void theRolePassesOnAndCanBeGivenUp() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        ok(ann.client().request("setRole", object("participantId", bob.id(), "role", "host")));
        assertEquals(
                object("participantId", bob.id(), "role", "host", "by", ann.id()),
                bob.client().event("roleChanged"));
        ok(bob.client().request("setRole", object("participantId", ann.id(), "role", "guest")));
        assertEquals("state/not-host", code(ann.client().request("muteAll", object())));
        ok(bob.client().request("setRole", object("participantId", bob.id(), "role", "guest")));
        assertEquals("state/not-host", code(bob.client().request("muteAll", object())));
        var late = server.join(room, "Late").joined();
        late.get("participants").forEach(other -> assertEquals("guest", other.get("role").stringValue()));
        assertEquals("host", server.host(room, "Back").joined().get("role").stringValue(), "the link still works");
    }

    @Test
    void nobodyIsPromotedWhenTheLastHostLeaves() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        ann.client().request("leave", object());
        bob.client().event("participantLeft");
        assertEquals("state/not-host", code(bob.client().request("muteAll", object())));
        server.host(room, "Ann again");
        assertEquals("host", bob.client().event("participantJoined").at("/participant/role").stringValue());
    }

    @Test
    void theLobbyHoldsPeopleUntilAHostDecides() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        ok(ann.client().request("configureRoom", object("lobby", true)));
        try (var bob = server.client(); var eve = server.client(); var gone = server.client()) {
            assertEquals("room/refused", code(bob.request("join", object("roomId", room.id(), "code",
                    room.wrongCode(), "name", "Bob"))));
            for (var client : List.of(bob, eve, gone)) {
                assertTrue(ok(client.request("join", room.join("P"))).get("waiting").booleanValue());
            }
            assertEquals("state/already-joined", code(bob.request("join", room.join("Bob"))));
            assertEquals("state/not-joined", code(bob.request("raiseHand", object("raised", true))));
            var waiting = ann.client().event("waitingChanged", told -> told.get("waiting").size() == 3).get("waiting");
            ok(gone.request("leave", object()));
            ann.client().event("waitingChanged", told -> told.get("waiting").size() == 2);
            ok(ann.client().request("admit", object("waitingId", waiting.at("/0/id"))));
            var admitted = bob.event("admitted");
            assertEquals("Ann", admitted.at("/participants/0/name").stringValue());
            assertEquals(admitted.get("participantId"), ann.client().event("participantJoined").at("/participant/id"));
            ok(bob.request("raiseHand", object("raised", true)));
            ok(ann.client().request("deny", object("waitingId", waiting.at("/1/id"))));
            assertEquals("room/denied", eve.event("denied").get("code").stringValue());
            assertTrue(ok(eve.request("join", room.join("Eve"))).get("waiting").booleanValue(), "may try again");
            eve.breakOff();
            ann.client().event("waitingChanged", told -> told.get("waiting").isEmpty());
            assertEquals("not-found", code(ann.client().request("admit", object("waitingId", waiting.at("/2/id")))));
            var host = server.host(room, "Second host");
            assertEquals(2, host.joined().get("participants").size(), "hosts do not wait");
        }
    }

    @Test
    void theLobbyHasABound() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        ok(ann.client().request("configureRoom", object("lobby", true)));
        for (int i = 0; i < 50; i++) {
            ok(server.client().request("join", room.join("P" + i)));
        }
        try (var client = server.client()) {
            assertEquals("lobby/full", code(client.request("join", room.join("Late"))));
        }
        ok(ann.client().request("deny", object()));
    }

    @Test
    void aLockedRoomSaysSoToThoseWithTheRightCodeOnly() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        ok(ann.client().request("configureRoom", object("locked", true)));
        assertEquals(object("lobby", false, "locked", true), bob.client().event("roomChanged").get("room"));
        try (var client = server.client()) {
            assertEquals("room/locked", code(client.request("join", room.join("Late"))));
            var guess = object("roomId", room.id(), "code", room.wrongCode(), "name", "Eve");
            assertEquals("room/refused", code(client.request("join", guess)));
        }
        bob.client().breakOff();
        try (var client = server.client()) {
            ok(client.request("resume", bob.resume(room)));
        }
        server.host(room, "Second host");
        ok(ann.client().request("configureRoom", object("locked", false)));
        server.join(room, "Late");
    }

    @Test
    void whomAHostMutesIsSilentForAllUntilThatPersonUnmutes() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        var cleo = server.join(room, "Cleo");
        var producer = ok(produce(bob, sendTransport(bob), "microphone")).get("producerId");
        ok(ann.client().request("mute", object("participantId", bob.id())));
        var told = object("participantId", bob.id(), "producerId", producer);
        assertEquals(told, cleo.client().event("producerPaused"));
        assertEquals(
                object("producerId", producer, "source", "microphone", "by", ann.id()),
                bob.client().event("ownProducerPaused"));
        bob.client().breakOff();
        try (var client = server.client()) {
            var back = ok(client.request("resume", bob.resume(room)));
            assertEquals(producer, back.at("/pausedByHost/0"), "told again to who was away");
            ok(client.request("resumeProducer", object("producerId", producer)));
            assertEquals(told, cleo.client().event("producerResumed"));
            ok(ann.client().request("muteAll", object()));
            assertEquals(told, cleo.client().event("producerPaused"));
            client.event("ownProducerPaused");
        }
    }

    @Test
    void muteAllLeavesHostsAlone() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var second = server.host(room, "Second");
        ok(produce(second, sendTransport(second), "microphone"));
        ok(ann.client().request("muteAll", object()));
        assertNotTold(second.client(), "ownProducerPaused");
    }

    private static void assertNotTold(SocketIoClient client, String name) {
        client.request("nothing", object());
        assertTrue(client.untaken().stream().noneMatch(event -> event.name().equals(name)));
    }

    @Test
    void stopShareEndsTheScreenAndItsSoundAndNothingElse() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        var transport = sendTransport(bob);
        for (var source : List.of("camera", "screen", "screenAudio")) {
            ok(produce(bob, transport, source));
        }
        ok(ann.client().request("stopShare", object("participantId", bob.id())));
        ann.client().event("producerClosed");
        ann.client().event("producerClosed");
        assertEquals("screen", bob.client().event("ownProducerClosed").get("source").stringValue());
        assertEquals("screenAudio", bob.client().event("ownProducerClosed").get("source").stringValue());
        var late = server.join(room, "Late").joined().at("/participants/1/producers");
        assertEquals(1, late.size());
        assertEquals("camera", late.at("/0/source").stringValue());
    }

    @Test
    void whoIsRemovedCannotResumeButMayJoinAgainAndWaitsWhenBlocked() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        ok(ann.client().request("remove", object("participantId", bob.id())));
        assertEquals(ann.id(), bob.client().event("removed").get("by").stringValue());
        assertEquals("removed", ann.client().event("participantLeft").get("reason").stringValue());
        assertEquals("session/removed", code(bob.client().request("resume", bob.resume(room))));
        var again = ok(bob.client().request("join", room.join("Bob again")));
        assertEquals("guest", again.get("role").stringValue());
        ok(ann.client().request("remove", object("participantId", again.get("participantId"), "block", true)));
        assertTrue(ok(bob.client().request("join", room.join("Bob"))).get("waiting").booleanValue());
        assertEquals("request/invalid", code(ann.client().request("remove", object("participantId", ann.id()))));
    }

    @Test
    void theRoomIsGoneForAllWhenAHostEndsIt() {
        var room = server.room();
        var ann = server.host(room, "Ann");
        var bob = server.join(room, "Bob");
        ok(ann.client().request("endRoom", object()));
        for (var member : List.of(ann, bob)) {
            assertEquals("ended", member.client().event("roomClosed").get("reason").stringValue());
            assertEquals("state/not-joined", code(member.client().request("muteAll", object())));
        }
        assertEquals("session/unknown", code(bob.client().request("resume", bob.resume(room))));
        assertEquals("room/refused", code(bob.client().request("join", room.join("Bob"))));
        assertEquals("room/refused", code(bob.client().request("join", room.joinAsHost("Bob"))));
    }
}
