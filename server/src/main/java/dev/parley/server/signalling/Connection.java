package dev.parley.server.signalling;

import dev.parley.server.room.Outbox;
import dev.parley.server.room.Participant;
import dev.parley.server.room.RoomEvent;
import dev.parley.server.room.RoomException;
import dev.parley.socketio.Socket;
import java.util.Optional;

/** One client's connection, and who it is in which room. Used by its own socket's thread, but for the outbox. */
final class Connection implements Outbox {
    private final Socket socket;
    private final String address;
    private Optional<Participant> participant = Optional.empty();

    Connection(Socket socket, String address) {
        this.socket = socket;
        this.address = address;
    }

    /** By what limits are counted. */
    String address() {
        return address;
    }

    Optional<Participant> participant() {
        return participant;
    }

    /** Who asks; refuses those who are nobody yet. */
    Participant self() {
        return participant.orElseThrow(RoomException::notJoined);
    }

    void become(Participant joined) {
        participant = Optional.of(joined);
    }

    void becomeNobody() {
        participant = Optional.empty();
    }

    @Override
    public void send(RoomEvent event) {
        socket.emit(EventJson.name(event), EventJson.body(event));
    }

    @Override
    public void disconnect() {
        socket.disconnect(true);
    }
}
