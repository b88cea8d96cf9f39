package dev.parley.server;

import static dev.parley.server.testing.SocketIoClient.object;
import static dev.parley.server.testing.Streams.produce;
import static dev.parley.server.testing.Streams.sendTransport;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.testing.TestServer;
import dev.parley.server.testing.TestServer.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is started again knows its rooms, and everybody comes back into the same seat. */
final class RestartTest {
    @TempDir
    private Path folder;

    @Test
    void everybodyComesBackIntoTheSameSeatWithTheSameRole() throws Exception {
        TestServer.Room room;
        Member ann;
        Member bob;
        try (var server = TestServer.start(folder, Map.of())) {
            room = server.room();
            ann = server.host(room, "Ann");
            bob = server.join(room, "Bob");
            produce(bob, sendTransport(bob), "camera");
            bob.client().request("chat", object("id", UUID.randomUUID().toString(), "text", "before"));
            ann.client().request("configureRoom", object("locked", true));
        }
        try (var server = TestServer.start(folder, Map.of()); var annAgain = server.client();
                var bobAgain = server.client(); var late = server.client()) {
            var back = annAgain.request("resume", ann.resume(room));
            assertTrue(back.get("ok").booleanValue(), back.toString());
            assertEquals(ann.id(), back.get("participantId").stringValue());
            assertEquals("host", back.get("role").stringValue());
            assertTrue(back.at("/room/locked").booleanValue());
            assertEquals("before", back.at("/chat/0/text").stringValue());
            assertEquals("Bob", back.at("/participants/0/name").stringValue());
            assertFalse(back.at("/participants/0/connected").booleanValue());
            assertEquals(0, back.at("/participants/0/producers").size());
            var bobIsBack = bobAgain.request("resume", bob.resume(room));
            assertEquals("guest", bobIsBack.get("role").stringValue());
            assertEquals(0, bobIsBack.get("transports").size());
            assertTrue(annAgain.event("connectionChanged").get("connected").booleanValue());
            annAgain.request("nothing", object());
            assertEquals(List.of(), annAgain.untaken(), "nobody left or joined");
            var next = annAgain.request("chat", object("id", UUID.randomUUID().toString(), "text", "after"));
            assertTrue(next.get("seq").longValue() > 1, "numbers go on above those of before");
            assertEquals("room/locked", late.request("join", room.join("Late")).get("code").stringValue());
            assertEquals("host", late.request("join", room.joinAsHost("Cleo")).get("role").stringValue());
        }
    }

    @Test
    void whoDoesNotComeBackIsGoneAfterAWhile() {
        TestServer.Room room;
        Member ann;
        try (var server = TestServer.start(folder, Map.of())) {
            room = server.room();
            ann = server.join(room, "Ann");
        }
        try (var server = TestServer.start(folder, Map.of("PARLEY_RESTART_GRACE", "1"))) {
            var bob = server.join(room, "Bob");
            assertEquals("connection-lost", bob.client().event("participantLeft").get("reason").stringValue());
            try (var client = server.client()) {
                assertEquals("session/unknown", client.request("resume", ann.resume(room)).get("code").stringValue());
            }
        }
    }

    @Test
    void nothingOnTheDiskOpensARoomAsHostOrTakesASeat() throws Exception {
        String kept;
        TestServer.Room room;
        Member ann;
        try (var server = TestServer.start(folder, Map.of())) {
            room = server.room();
            ann = server.host(room, "Ann");
        }
        try (var files = Files.list(folder.resolve("data/rooms"))) {
            var file = files.findFirst().orElseThrow();
            kept = Files.readString(file);
            assertEquals("rw-------", PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(file)));
        }
        assertTrue(kept.contains(room.id()));
        assertFalse(kept.contains(room.hostToken()));
        assertFalse(kept.contains(ann.joined().get("sessionToken").stringValue()));
    }

    @Test
    void roomsThatEndedAreForgottenAndBrokenFilesDoNoHarm() throws Exception {
        TestServer.Room ended;
        try (var server = TestServer.start(folder, Map.of())) {
            ended = server.room();
            server.host(ended, "Ann").client().request("endRoom", object());
        }
        var rooms = folder.resolve("data/rooms");
        Files.writeString(rooms.resolve("broken.json"), "{\"id\":", StandardOpenOption.CREATE);
        Files.writeString(rooms.resolve("empty.json"), "{}", StandardOpenOption.CREATE);
        Files.writeString(rooms.resolve("half.tmp"), "x", StandardOpenOption.CREATE);
        try (var server = TestServer.start(folder, Map.of()); var client = server.client()) {
            assertEquals("room/refused", client.request("join", ended.join("Ann")).get("code").stringValue());
            assertEquals(0, server.parley().rooms());
            try (var files = Files.list(rooms)) {
                assertEquals(0, files.count());
            }
        }
    }
}
