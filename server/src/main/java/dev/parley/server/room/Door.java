package dev.parley.server.room;

import dev.parley.sfu.RtpCapabilities;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who comes into a room, and who waits before it: the lobby, the lock, and addresses whose people must wait. Guarded by
 * the room's lock.
 */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int BLOCKED = 1_000;

    private final Room room;
    private final RoomContext context;
    private final Lobby lobby = new Lobby();
    private final Set<String> blocked = new HashSet<>();

    Door(Room room, RoomContext context) {
        this.room = room;
        this.context = context;
    }

    /**
     * Lets somebody in who may, or puts them into the lobby; empty when the room is full or over. The answer is called
     * before the participant is told anything. Throws {@link RoomException} {@code room/locked} or {@code lobby/full}.
     */
    Optional<Entry> admit(JoinRequest request, Role role, Consumer<Entry> answer) {
        var capabilities = room.router().rtpCapabilities();
        return room.locked(() -> {
            if (room.isClosed()) {
                return Optional.empty();
            }
            var settings = room.settings();
            if (role == Role.GUEST && settings.locked()) {
                throw RoomException.locked();
            }
            if (isFull()) {
                return Optional.empty();
            }
            boolean waits = role == Role.GUEST && (settings.lobby() || blocked.contains(request.address()));
            Entry entry = waits
                    ? new Entry.Waiting(enter(request))
                    : new Entry.Seated(
                            room.seats().sit(request.name(), request.address(), role, request.outbox(), capabilities));
            answer.accept(entry);
            settled(entry);
            return Optional.of(entry);
        });
    }

    private boolean isFull() {
        return room.seats().taken().size() >= context.limits().participants();
    }

    /** What follows the answer. */
    private void settled(Entry entry) {
        switch (entry) {
            case Entry.Waiting waiting -> tellHosts();
            case Entry.Seated(var snapshot) -> {
                room.voices().tellActiveSpeaker(snapshot.self());
                room.tellOthers(snapshot.self(), new RoomEvent.ParticipantJoined(snapshot.self().view()));
            }
        }
    }

    private Waiter enter(JoinRequest request) {
        var view = new WaitingView(UUID.randomUUID().toString(), request.name(), context.wallClock().millis());
        var waiter = new Waiter(room, view, request.address(), request.outbox());
        lobby.add(waiter);
        LOG.info("Room {}: {} waits in the lobby", room.id(), UserText.quoted(request.name()));
        return waiter;
    }

    /**
     * From the lobby into the room: one, or all. Who finds no seat stays, and {@link RoomException}
     * {@code limit/reached} says so.
     */
    void letIn(Optional<String> waitingId) {
        RtpCapabilities capabilities = room.router().rtpCapabilities();
        try {
            lobby.chosen(waitingId).forEach(waiter -> letIn(waiter, capabilities));
        } finally {
            tellHosts();
        }
    }

    private void letIn(Waiter waiter, RtpCapabilities capabilities) {
        if (isFull()) {
            throw RoomException.limit("The room is full: nobody else can be let in.");
        }
        if (lobby.remove(waiter)) {
            var name = waiter.view().name();
            var snapshot = room.seats().sit(name, waiter.address(), Role.GUEST, waiter.outbox(), capabilities);
            waiter.outbox().send(new RoomEvent.Admitted(snapshot));
            settled(new Entry.Seated(snapshot));
        }
    }

    /** Sends one of those who wait away, or all, and says why. */
    void sendAway(Optional<String> waitingId, RoomException why) {
        for (var waiter : lobby.chosen(waitingId)) {
            lobby.remove(waiter);
            waiter.outbox().send(new RoomEvent.Denied(why.code(), String.valueOf(why.getMessage())));
        }
    }

    /** Whether this one was still waiting, and no longer is. */
    boolean withdraw(Waiter waiter) {
        return room.locked(() -> {
            boolean waited = lobby.remove(waiter);
            if (waited) {
                tellHosts();
            }
            return waited;
        });
    }

    /** Whoever joins from that address from now on waits in the lobby. */
    void block(String address) {
        if (blocked.size() < BLOCKED) {
            blocked.add(address);
        }
    }

    /** Who waits, as this one may know it. */
    List<WaitingView> waitingFor(Participant participant) {
        return participant.role == Role.HOST ? lobby.views() : List.of();
    }

    /** Tells all hosts who waits. */
    void tellHosts() {
        for (var participant : room.seats().taken()) {
            if (participant.role == Role.HOST) {
                participant.send(new RoomEvent.WaitingChanged(lobby.views()));
            }
        }
    }
}
