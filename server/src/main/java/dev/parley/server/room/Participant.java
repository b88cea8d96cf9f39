package dev.parley.server.room;

import dev.parley.sfu.Consumer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody in a room. The fields that change are guarded by the room's lock. */
public final class Participant {
    private static final int CHAT_BURST = 20;
    private static final double CHAT_PER_SECOND = 5;
    private static final int GESTURE_BURST = 10;
    private static final double GESTURES_PER_SECOND = 3;

    private final Room room;
    private final String id;
    private final String name;
    private final String address;
    private final String filesToken;

    final Map<String, OwnTransport> transports = new LinkedHashMap<>();
    final Map<String, OwnProducer> producers = new LinkedHashMap<>();
    final Map<String, Consumer> consumers = new LinkedHashMap<>();
    final TokenBucket chatRate;
    final TokenBucket gestureRate;
    /** What takes this participant back after a lost connection. */
    Secret session;

    Role role;
    /** Empty while the connection is lost and the seat is kept. */
    Optional<Outbox> outbox;
    /** Counts connections, so that the end of an old grace period does not end a later connection. */
    int connections = 1;

    private volatile boolean gone;

    Participant(
            Room room, SavedSeat seat, String address, String filesToken, Optional<Outbox> outbox, long now) {
        this.room = room;
        this.id = seat.id();
        this.name = seat.name();
        this.role = seat.role();
        this.session = Secret.ofHash(seat.sessionHash());
        this.address = address;
        this.filesToken = filesToken;
        this.outbox = outbox;
        this.chatRate = new TokenBucket(now, CHAT_BURST, CHAT_PER_SECOND);
        this.gestureRate = new TokenBucket(now, GESTURE_BURST, GESTURES_PER_SECOND);
    }

    /** The room that this participant is in, for life. */
    public Room room() {
        return room;
    }

    /** A UUID. */
    public String id() {
        return id;
    }

    /** The cleaned name. */
    public String name() {
        return name;
    }

    /** Whether this participation is over. */
    public boolean isGone() {
        return gone;
    }

    /** Where this participant joined from. */
    String address() {
        return address;
    }

    /** The secret that lets this participant upload files. */
    String filesToken() {
        return filesToken;
    }

    void end() {
        gone = true;
        outbox = Optional.empty();
    }

    ParticipantView view() {
        List<ProducerView> views = new ArrayList<>(producers.size());
        producers.values().forEach(own -> views.add(own.view()));
        return new ParticipantView(id, name, role, outbox.isPresent(), views);
    }

    SavedSeat saved() {
        return new SavedSeat(id, name, role, session.hashText());
    }

    void send(RoomEvent event) {
        outbox.ifPresent(box -> box.send(event));
    }

    /** Keeps the tokens out of logs. */
    @Override
    public String toString() {
        return "Participant[" + id + "]";
    }
}
