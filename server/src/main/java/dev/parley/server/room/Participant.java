package dev.parley.server.room;

import dev.parley.sfu.Consumer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody in a room. The fields that change are guarded by the room's lock. */
public final class Participant {
    private final Room room;
    private final String id;
    private final String name;
    private final String sessionToken;

    final Map<String, OwnTransport> transports = new LinkedHashMap<>();
    final Map<String, OwnProducer> producers = new LinkedHashMap<>();
    final Map<String, Consumer> consumers = new LinkedHashMap<>();
    final TokenBucket chatRate;
    /** Empty while the connection is lost and the grace period runs. */
    Optional<Outbox> outbox;
    /** Counts connections, so that the end of an old grace period does not end a later connection. */
    int connections = 1;

    boolean gone;

    Participant(Room room, String id, String name, String sessionToken, Outbox outbox, TokenBucket chatRate) {
        this.room = room;
        this.id = id;
        this.name = name;
        this.sessionToken = sessionToken;
        this.outbox = Optional.of(outbox);
        this.chatRate = chatRate;
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

    /** The secret that takes this participant back after a lost connection. */
    public String sessionToken() {
        return sessionToken;
    }

    boolean hasToken(String attempt) {
        return MessageDigest.isEqual(
                sessionToken.getBytes(StandardCharsets.UTF_8), attempt.getBytes(StandardCharsets.UTF_8));
    }

    ParticipantView view() {
        List<ProducerView> views = new ArrayList<>(producers.size());
        producers.values().forEach(own -> views.add(own.view()));
        return new ParticipantView(id, name, views);
    }

    void send(RoomEvent event) {
        outbox.ifPresent(box -> box.send(event));
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "Participant[" + id + "]";
    }
}
