package dev.parley.server.signalling;

import dev.parley.server.room.RoomException;
import dev.parley.server.room.RoomRegistry;
import dev.parley.server.room.Snapshot;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Creating, joining, resuming and leaving rooms. */
final class RoomHandlers {
    private final RoomRegistry rooms;
    private final Supplier<String> baseUrl;
    private final Duration grace;

    /** Links begin with {@code baseUrl}, which ends with a slash. */
    RoomHandlers(RoomRegistry rooms, Supplier<String> baseUrl, Duration grace) {
        this.rooms = rooms;
        this.baseUrl = baseUrl;
        this.grace = grace;
    }

    void handle(Connection connection, Request.OfRoom request, Answer answer) {
        switch (request) {
            case Request.CreateRoom create -> create(connection, answer);
            case Request.Join join -> join(connection, join, answer);
            case Request.Resume resume -> resume(connection, resume, answer);
            case Request.Leave leave -> leave(connection, answer);
        }
    }

    private void create(Connection connection, Answer answer) {
        var room = rooms.create(connection.address());
        answer.ok(Json.object()
                .put("roomId", room.id())
                .put("link", baseUrl.get() + "meeting.html?room=" + room.id())
                .put("code", room.codeDigits()));
    }

    private void join(Connection connection, Request.Join join, Answer answer) {
        checkNobody(connection);
        connection.become(rooms.join(
                join.roomId(),
                join.code(),
                join.name(),
                connection.address(),
                connection,
                snapshot -> answer.ok(json(snapshot))));
    }

    private void resume(Connection connection, Request.Resume resume, Answer answer) {
        checkNobody(connection);
        connection.become(rooms.resume(
                resume.roomId(), resume.participantId(), resume.sessionToken(), connection, snapshot -> {
                    var body = json(snapshot);
                    body.set("transports", Json.MAPPER.valueToTree(snapshot.transports()));
                    body.set("producers", Json.MAPPER.valueToTree(snapshot.producers()));
                    body.set("consumers", Json.MAPPER.valueToTree(snapshot.consumers()));
                    body.putArray("pausedByHost");
                    answer.ok(body);
                }));
    }

    private static void leave(Connection connection, Answer answer) {
        var self = connection.self();
        connection.becomeNobody();
        self.room().leave(self, connection);
        answer.ok();
    }

    private static void checkNobody(Connection connection) {
        if (connection.participant().isPresent()) {
            throw RoomException.alreadyJoined();
        }
    }

    private ObjectNode json(Snapshot snapshot) {
        var body = Json.object()
                .put("participantId", snapshot.self().id())
                .put("sessionToken", snapshot.self().sessionToken())
                .put("role", "guest")
                .put("graceSeconds", grace.toSeconds());
        body.putObject("room").put("lobby", false).put("locked", false);
        body.putObject("files").put("limit", 0).put("token", "");
        body.putArray("waiting");
        body.putArray("hands");
        body.set("routerRtpCapabilities", Json.of(snapshot.routerRtpCapabilities()));
        body.set("participants", Json.MAPPER.valueToTree(snapshot.participants()));
        body.set("chat", Json.MAPPER.valueToTree(snapshot.chat()));
        return body;
    }
}
