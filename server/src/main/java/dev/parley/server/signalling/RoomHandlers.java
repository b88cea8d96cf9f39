package dev.parley.server.signalling;

import dev.parley.server.room.Entry;
import dev.parley.server.room.JoinRequest;
import dev.parley.server.room.RoomException;
import dev.parley.server.room.RoomRegistry;
import java.util.function.Supplier;

/** Creating, joining, resuming and leaving rooms. */
final class RoomHandlers {
    private final RoomRegistry rooms;
    private final IceRenewal iceServers;
    private final Supplier<String> baseUrl;

    /** Links begin with {@code baseUrl}, which ends with a slash. */
    RoomHandlers(RoomRegistry rooms, IceRenewal iceServers, Supplier<String> baseUrl) {
        this.rooms = rooms;
        this.iceServers = iceServers;
        this.baseUrl = baseUrl;
    }

    void handle(Connection connection, Request.OfRoom request, Answer answer) {
        switch (request) {
            case Request.CreateRoom create -> create(connection, answer);
            case Request.Join join -> join(connection, join, answer);
            case Request.Resume resume -> resume(connection, resume, answer);
            case Request.Leave leave -> leave(connection, answer);
            case Request.GoAway away -> {
                connection.self();
                connection.pageGoes();
                answer.ok();
            }
        }
    }

    private void create(Connection connection, Answer answer) {
        var created = rooms.create(connection.address());
        var room = created.room();
        var link = baseUrl.get() + "meeting.html?room=" + room.id();
        answer.ok(Json.object()
                .put("roomId", room.id())
                .put("link", link)
                .put("code", room.codeDigits())
                .put("hostToken", created.hostToken())
                .put("hostLink", link + "#host=" + created.hostToken()));
    }

    private void join(Connection connection, Request.Join join, Answer answer) {
        checkNobody(connection);
        var request = new JoinRequest(
                join.roomId(), join.code(), join.hostToken(), join.name(), connection.address(), connection);
        rooms.join(request, entry -> {
            switch (entry) {
                case Entry.Seated(var snapshot) -> {
                    connection.become(snapshot.self());
                    answer.ok(SnapshotJson.joined(snapshot));
                }
                case Entry.Waiting(var waiter) -> {
                    connection.waitAs(waiter);
                    answer.ok(Json.object().put("waiting", true));
                }
            }
        });
    }

    private void resume(Connection connection, Request.Resume resume, Answer answer) {
        checkNobody(connection);
        rooms.resume(
                resume.roomId(),
                resume.participantId(),
                resume.sessionToken(),
                resume.fresh(),
                connection,
                snapshot -> {
                    connection.become(snapshot.self());
                    answer.ok(SnapshotJson.resumed(snapshot));
                });
        iceServers.tell(connection);
    }

    private static void leave(Connection connection, Answer answer) {
        if (!connection.stopWaiting()) {
            var self = connection.self();
            connection.becomeNobody();
            self.room().seats().leave(self, connection);
        }
        answer.ok();
    }

    private static void checkNobody(Connection connection) {
        if (connection.participant().isPresent() || connection.isWaiting()) {
            throw RoomException.alreadyJoined();
        }
    }
}
