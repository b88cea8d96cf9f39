package dev.parley.server.signalling;

import dev.parley.server.room.Outbox;
import dev.parley.server.room.Participant;
import dev.parley.server.room.RoomEvent;
import dev.parley.server.room.RoomException;
import dev.parley.server.room.Waiter;
import dev.parley.sfu.WebRtcTransport;
import dev.parley.socketio.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client's connection, and who it is in which room. Used by its own socket's thread; the outbox by any, with the
 * room locked.
 */
final class Connection implements Outbox {
    private final Socket socket;
    private final String address;
    /** Open probes by id; used by the socket's own thread alone. */
    final Map<String, WebRtcTransport> probes = new HashMap<>();
    private boolean pageGoes;
    private volatile Optional<Participant> participant = Optional.empty();
    private volatile Optional<Waiter> waiter = Optional.empty();

    Connection(Socket socket, String address) {
        this.socket = socket;
        this.address = address;
    }

    /** By what limits are counted. */
    String address() {
        return address;
    }

    /** Who it is, as long as that one is in a room. */
    Optional<Participant> participant() {
        return participant.filter(present -> !present.isGone());
    }

    /** Who asks; refuses those who are nobody yet. */
    Participant self() {
        return participant.orElseThrow(RoomException::notJoined);
    }

    void become(Participant joined) {
        participant = Optional.of(joined);
        waiter = Optional.empty();
    }

    void becomeNobody() {
        participant = Optional.empty();
    }

    /** The client's page said that it is going away. */
    void pageGoes() {
        pageGoes = true;
    }

    /** It asks for something, so it is still there. */
    void pageIsThere() {
        pageGoes = false;
    }

    boolean isPageGoing() {
        return pageGoes;
    }

    void waitAs(Waiter waiting) {
        waiter = Optional.of(waiting);
    }

    boolean isWaiting() {
        return waiter.isPresent();
    }

    /** Whether it was in a lobby, and no longer is. */
    boolean stopWaiting() {
        var waiting = waiter;
        boolean waited = waiting.isPresent() && waiting.get().room().withdraw(waiting.get());
        waiter = Optional.empty();
        return waited;
    }

    @Override
    public void send(RoomEvent event) {
        switch (event) {
            case RoomEvent.Admitted(var snapshot) -> become(snapshot.self());
            case RoomEvent.Denied denied -> waiter = Optional.empty();
            default -> {}
        }
        socket.emit(EventJson.name(event), EventJson.body(event));
    }

    /** Sends an event that is no room's. */
    void tell(String event, ObjectNode body) {
        socket.emit(event, body);
    }

    @Override
    public void disconnect() {
        socket.disconnect(true);
    }
}
