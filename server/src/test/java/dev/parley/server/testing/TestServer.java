package dev.parley.server.testing;

import dev.parley.server.Parley;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A real server on free ports of the loopback address, with a small web app. */
public final class TestServer implements AutoCloseable {
    private final Parley parley;

    private TestServer(Parley parley) {
        this.parley = parley;
    }

    /** Starts one that keeps its files in the folder. */
    public static TestServer start(Path folder, Map<String, String> variables) {
        try {
            var web = folder.resolve("web");
            Files.createDirectories(web.resolve("assets"));
            Files.writeString(web.resolve("index.html"), "<!doctype html><title>Home</title>");
            Files.writeString(web.resolve("meeting.html"), "<!doctype html><title>Meeting</title>");
            Files.writeString(web.resolve("assets/app-1a2b.js"), "export const text = 'parley';\n".repeat(200));
            Files.writeString(folder.resolve("secret.txt"), "secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestServer(Parley.start(Configs.of(folder, variables)));
    }

    /** The server itself. */
    public Parley parley() {
        return parley;
    }

    /** The HTTPS port. */
    public int port() {
        return parley.port();
    }

    /** A new client. */
    public SocketIoClient client() {
        return SocketIoClient.connect(parley.port());
    }

    /** A room made by a client of its own: its id and code. */
    public Room room() {
        try (var creator = client()) {
            var made = creator.request("createRoom", SocketIoClient.object());
            return new Room(
                    made.get("roomId").stringValue(),
                    made.get("code").stringValue(),
                    made.get("hostToken").stringValue());
        }
    }

    /** How to get into a room. */
    public record Room(String id, String code, String hostToken) {
        /** The argument of `join` for a host. */
        public Object joinAsHost(String name) {
            return SocketIoClient.object("roomId", id, "hostToken", hostToken, "name", name);
        }

        /** The argument of `join`. */
        public Object join(String name) {
            return SocketIoClient.object("roomId", id, "code", code, "name", name);
        }

        /** A code that is not the room's. */
        public String wrongCode() {
            return code.equals("000000") ? "000001" : "000000";
        }
    }

    /** Somebody in a room. */
    public record Member(SocketIoClient client, JsonNode joined) {
        /** The participant's id. */
        public String id() {
            return joined.get("participantId").stringValue();
        }

        /** The argument of `resume`. */
        public Object resume(Room room) {
            return SocketIoClient.object(
                    "roomId", room.id(), "participantId", id(), "sessionToken", joined.get("sessionToken"));
        }
    }

    /** A new client that has joined. */
    public Member join(Room room, String name) {
        return member(room.join(name));
    }

    /** A new client that has joined as a host. */
    public Member host(Room room, String name) {
        return member(room.joinAsHost(name));
    }

    private Member member(Object request) {
        var client = client();
        var joined = client.request("join", request);
        if (!joined.path("ok").booleanValue()) {
            throw new AssertionError("refused: " + joined);
        }
        return new Member(client, joined);
    }

    @Override
    public void close() {
        parley.close();
    }
}
