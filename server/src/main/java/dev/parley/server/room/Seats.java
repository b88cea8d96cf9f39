package dev.parley.server.room;

import dev.parley.sfu.RtpCapabilities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who sits in a room: how somebody takes a seat, loses the connection, comes back to it, and leaves or is put out.
 * Guarded by the room's lock, which the public methods take themselves.
 */
public final class Seats {
    private static final Logger LOG = LoggerFactory.getLogger(Seats.class);
    /** Ends of removed sessions that are remembered. */
    private static final int REMOVED = 1_000;

    private final Room room;
    private final RoomContext context;
    private final Presence presence;
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final Map<String, Secret> removed = new LinkedHashMap<>();
    private long emptySince;

    /** @param emptyFor milliseconds for which nobody has sat in it */
    Seats(Room room, RoomContext context, long emptyFor) {
        this.room = room;
        this.context = context;
        this.presence = new Presence(room, context);
        this.emptySince = context.nanoTime().getAsLong() - emptyFor * 1_000_000;
    }

    /** Keeps a seat of before a restart for a while. */
    void keep(SavedSeat seat) {
        presence.restored(seated(seat, "", Optional.empty()));
    }

    /** Takes a seat; the others are not told yet. */
    Snapshot sit(String name, String address, Role role, Outbox outbox, RtpCapabilities capabilities) {
        var token = context.newToken();
        var seat = new SavedSeat(UUID.randomUUID().toString(), name, role, Secret.of(token).hashText());
        var joined = seated(seat, address, Optional.of(outbox));
        context.archive().changed(room);
        LOG.info("Room {}: {} joined as {} ({}), {} present", room.id(), joined.id(), UserText.quoted(name), role,
                participants.size());
        return snapshot(joined, token, capabilities);
    }

    private Participant seated(SavedSeat seat, String address, Optional<Outbox> outbox) {
        long now = context.nanoTime().getAsLong();
        var token = room.id() + "." + seat.id() + "." + context.newToken();
        var participant = new Participant(room, seat, address, token, outbox, now);
        participants.put(participant.id(), participant);
        return participant;
    }

    /**
     * Gives a participant a new connection; the old one, if it is still there, is ended. {@code fresh}: the client has
     * nothing of before. Throws {@link RoomException} {@code session/removed}.
     */
    Optional<Participant> resume(
            String participantId, String token, boolean fresh, Outbox outbox, Consumer<Snapshot> answer) {
        var capabilities = room.router().rtpCapabilities();
        var abandoned = new ArrayList<OwnTransport>();
        var resumed = room.locked(() -> {
            var past = removed.get(participantId);
            if (past != null && past.matches(token)) {
                throw RoomException.removed();
            }
            var participant = participants.get(participantId);
            if (room.isClosed() || participant == null || !participant.session.matches(token)) {
                return Optional.<Participant>empty();
            }
            boolean wasLost = participant.outbox.isEmpty();
            var newToken = fresh ? context.newToken() : token;
            if (fresh) {
                participant.send(new RoomEvent.Replaced());
                participant.session = Secret.of(newToken);
                context.archive().changed(room);
                abandoned.addAll(room.media().abandon(participant));
            }
            participant.outbox.ifPresent(Outbox::disconnect);
            participant.outbox = Optional.of(outbox);
            participant.connections++;
            answer.accept(snapshot(participant, newToken, capabilities));
            room.voices().tellActiveSpeaker(participant);
            if (wasLost) {
                room.tellOthers(participant, new RoomEvent.ConnectionChanged(participantId, true));
            }
            LOG.info("Room {}: {} is back{}", room.id(), participantId, fresh ? " in a new page" : "");
            return Optional.of(participant);
        });
        abandoned.forEach(own -> own.transport().close());
        return resumed;
    }

    /**
     * The connection ended without a goodbye: the seat is kept for a while. Without effect when another one took its
     * place.
     */
    public void lost(Participant participant, Outbox connection, ConnectionEnd end) {
        room.locked(() -> {
            if (participant.isGone() || !isCurrent(participant, connection)) {
                return participant;
            }
            participant.outbox = Optional.empty();
            LOG.info("Room {}: lost the connection of {} ({})", room.id(), participant.id(), end);
            room.tellOthers(participant, new RoomEvent.ConnectionChanged(participant.id(), false));
            presence.lost(participant, participant.connections, end);
            return participant;
        });
    }

    /** Whether the seat is still being kept since that connection. */
    boolean isLost(Participant participant, int connection) {
        return room.locked(() -> !participant.isGone()
                && participant.connections == connection
                && participant.outbox.isEmpty());
    }

    /** Ends what {@link #lost} began, unless the participant came back meanwhile. */
    void giveUp(Participant participant, int connection, LeaveReason reason) {
        room.locked(() -> {
            if (participant.connections == connection && participant.outbox.isEmpty()) {
                remove(participant, reason);
            }
            return participant;
        });
        room.media().closeAllOf(participant);
    }

    /** The participant leaves over this connection. Without effect when another connection took its place. */
    public void leave(Participant participant, Outbox connection) {
        room.locked(() -> {
            if (isCurrent(participant, connection)) {
                remove(participant, LeaveReason.LEFT);
            }
            return participant;
        });
        room.media().closeAllOf(participant);
    }

    /** A host takes the participant out; the session is remembered as one that may not be resumed. */
    void expel(Participant participant) {
        removed.put(participant.id(), participant.session);
        if (removed.size() > REMOVED) {
            removed.remove(removed.keySet().iterator().next());
        }
        remove(participant, LeaveReason.REMOVED);
    }

    // ---- for the room and its parts, with the lock held

    /** Those who have a seat, in the order in which they came, also while their connection is lost. */
    Collection<Participant> taken() {
        return participants.values();
    }

    /** Who sits there. Throws {@link RoomException} {@code not-found} when nobody does. */
    Participant of(String participantId) {
        return Optional.ofNullable(participants.get(participantId))
                .orElseThrow(() -> RoomException.notFound("participant"));
    }

    /** Who sends that producer; empty when nobody does any more. */
    Optional<Participant> senderOf(String producerId) {
        return participants.values().stream()
                .filter(participant -> participant.producers.containsKey(producerId))
                .findFirst();
    }

    boolean isEmpty() {
        return participants.isEmpty();
    }

    /** Nanoseconds since the last one left; 0 while somebody sits. */
    long emptyNanos(long now) {
        return isEmpty() ? now - emptySince : 0;
    }

    /** The room is over for all of them. */
    void clear() {
        participants.values().forEach(Participant::end);
        participants.clear();
    }

    /** All connections end, and all seats are kept. */
    void disconnect() {
        participants.values().forEach(participant -> participant.outbox = Optional.empty());
    }

    private boolean isCurrent(Participant participant, Outbox connection) {
        return participant.outbox.filter(current -> current == connection).isPresent();
    }

    private void remove(Participant participant, LeaveReason reason) {
        if (room.isClosed() || participants.remove(participant.id()) == null) {
            return;
        }
        participant.end();
        room.tellAll(new RoomEvent.ParticipantLeft(participant.id(), reason));
        room.talk().lowerHand(participant);
        room.voices().forget(participant);
        if (participants.isEmpty()) {
            emptySince = context.nanoTime().getAsLong();
        }
        context.archive().changed(room);
        LOG.info("Room {}: {} is gone ({}), {} present", room.id(), participant.id(), reason, participants.size());
    }

    private Snapshot snapshot(Participant self, String sessionToken, RtpCapabilities capabilities) {
        var others = new ArrayList<ParticipantView>();
        for (var participant : participants.values()) {
            if (participant != self) {
                others.add(participant.view());
            }
        }
        long limit = context.files().limit();
        return new Snapshot(
                self,
                sessionToken,
                self.role,
                room.settings(),
                room.door().waitingFor(self),
                room.talk().hands(),
                new Snapshot.Files(limit, limit == 0 ? "" : self.filesToken()),
                context.grace().lost().toSeconds(),
                capabilities,
                others,
                room.talk().historyFor(self),
                new Snapshot.Own(
                        List.copyOf(self.transports.keySet()),
                        List.copyOf(self.producers.keySet()),
                        List.copyOf(self.consumers.keySet()),
                        room.media().pausedByHost(self)));
    }
}
