package dev.parley.server.room;

import dev.parley.sfu.Router;
import dev.parley.sfu.RtpCapabilities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One meeting: who is in it. One lock guards it and all its parts. Answers and events are handed to the
 * outboxes with the lock held, so that each client sees a snapshot and then every later change, exactly once and in one
 * order. Nothing that waits for the media server runs under the lock.
 */
public final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    /** Ends of removed sessions that are remembered. */
    private static final int REMOVED = 1_000;

    private final String id;
    private final MeetingCode code;
    private final Secret hostSecret;
    private final Router router;
    private final RoomContext context;
    private final RoomVoices voices;
    private final RoomMedia media;
    private final RoomTalk talk;
    private final RoomFiles files;
    private final HostPowers host = new HostPowers(this);
    private final Presence presence;
    private final Door door;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final Map<String, Secret> removed = new LinkedHashMap<>();
    private RoomSettings settings;
    private long emptySince;
    private boolean closed;
    /** Closed with the process, to be opened again by the next one. */
    private boolean suspended;

    /** A room as it was kept, or as a new one would be; those who sat in it may come back for a while. */
    Room(Router router, RoomContext context, SavedRoom saved) {
        this.id = saved.id();
        this.code = MeetingCode.of(saved.code());
        this.hostSecret = Secret.ofHash(saved.hostHash());
        this.settings = saved.settings();
        this.router = router;
        this.context = context;
        this.presence = new Presence(this, context);
        this.door = new Door(this, context);
        this.files = new RoomFiles(id, context.files(), context.random(), context.nanoTime());
        this.emptySince = context.nanoTime().getAsLong() - saved.emptyFor() * 1_000_000;
        // Clients may know messages that a crash of the machine took from the disk: numbers go on above those too.
        this.talk = new RoomTalk(this, context, saved.seats().isEmpty() ? 0 : context.wallClock().millis());
        this.voices = new RoomVoices(this);
        this.media = new RoomMedia(this, lock, participants, context.limits(), voices);
        for (var seat : saved.seats()) {
            var participant = seated(seat, "", Optional.empty());
            presence.restored(participant);
        }
    }

    /** A random UUID; part of the room's link. */
    public String id() {
        return id;
    }

    /** The six digits, for the room's creator. */
    public String codeDigits() {
        return code.digits();
    }

    /** The room's side of the media server. */
    public Router router() {
        return router;
    }

    /** Its streams. */
    public RoomMedia media() {
        return media;
    }

    /** Its chat, reactions and raised hands. */
    public RoomTalk talk() {
        return talk;
    }

    /** What its hosts can do. */
    public HostPowers host() {
        return host;
    }

    /** Who speaks in it, and how loud. */
    RoomVoices voices() {
        return voices;
    }

    /** What was sent in it. */
    RoomFiles files() {
        return files;
    }

    MeetingCode code() {
        return code;
    }

    Secret hostSecret() {
        return hostSecret;
    }

    /** Who comes in, and who waits. */
    Door door() {
        return door;
    }

    /** Takes a seat; the others are not told yet. */
    Snapshot sit(String name, String address, Role role, Outbox outbox, RtpCapabilities capabilities) {
        var token = context.newToken();
        var seat = new SavedSeat(UUID.randomUUID().toString(), name, role, Secret.of(token).hashText());
        var joined = seated(seat, address, Optional.of(outbox));
        context.archive().changed(this);
        LOG.info("Room {}: {} joined as {} ({}), {} present", id, joined.id(), UserText.quoted(name), role,
                participants.size());
        return snapshot(joined, token, capabilities);
    }

    private Participant seated(SavedSeat seat, String address, Optional<Outbox> outbox) {
        long now = context.nanoTime().getAsLong();
        var token = id + "." + seat.id() + "." + context.newToken();
        var participant = new Participant(this, seat, address, token, outbox, now);
        participants.put(participant.id(), participant);
        return participant;
    }

    /** Whether this one was still waiting, and no longer is. */
    public boolean withdraw(Waiter waiter) {
        return door.withdraw(waiter);
    }

    /**
     * Gives a participant a new connection; the old one, if it is still there, is ended. {@code fresh}: the client has
     * nothing of before. Throws {@link RoomException} {@code session/removed}.
     */
    Optional<Participant> resume(
            String participantId, String token, boolean fresh, Outbox outbox, Consumer<Snapshot> answer) {
        var capabilities = router.rtpCapabilities();
        var abandoned = new ArrayList<OwnTransport>();
        var resumed = locked(() -> {
            var past = removed.get(participantId);
            if (past != null && past.matches(token)) {
                throw RoomException.removed();
            }
            var participant = participants.get(participantId);
            if (closed || participant == null || !participant.session.matches(token)) {
                return Optional.<Participant>empty();
            }
            boolean wasLost = participant.outbox.isEmpty();
            var newToken = fresh ? context.newToken() : token;
            if (fresh) {
                participant.send(new RoomEvent.Replaced());
                participant.session = Secret.of(newToken);
                context.archive().changed(this);
                abandoned.addAll(media.abandon(participant));
            }
            participant.outbox.ifPresent(Outbox::disconnect);
            participant.outbox = Optional.of(outbox);
            participant.connections++;
            answer.accept(snapshot(participant, newToken, capabilities));
            voices.tellActiveSpeaker(participant);
            if (wasLost) {
                tellOthers(participant, new RoomEvent.ConnectionChanged(participantId, true));
            }
            LOG.info("Room {}: {} is back{}", id, participantId, fresh ? " in a new page" : "");
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
        locked(() -> {
            if (participant.isGone() || !isCurrent(participant, connection)) {
                return participant;
            }
            participant.outbox = Optional.empty();
            LOG.info("Room {}: lost the connection of {} ({})", id, participant.id(), end);
            tellOthers(participant, new RoomEvent.ConnectionChanged(participant.id(), false));
            presence.lost(participant, participant.connections, end);
            return participant;
        });
    }

    /** Whether the seat is still being kept since that connection. */
    boolean isLost(Participant participant, int connection) {
        return locked(() -> !participant.isGone()
                && participant.connections == connection
                && participant.outbox.isEmpty());
    }

    /** Ends what {@link #lost} began, unless the participant came back meanwhile. */
    void giveUp(Participant participant, int connection, LeaveReason reason) {
        locked(() -> {
            if (participant.connections == connection && participant.outbox.isEmpty()) {
                remove(participant, reason);
            }
            return participant;
        });
        media.closeAllOf(participant);
    }

    /** The participant leaves over this connection. Without effect when another connection took its place. */
    public void leave(Participant participant, Outbox connection) {
        locked(() -> {
            if (isCurrent(participant, connection)) {
                remove(participant, LeaveReason.LEFT);
            }
            return participant;
        });
        media.closeAllOf(participant);
    }

    /** A host takes the participant out; the session is remembered as one that may not be resumed. */
    void expel(Participant participant) {
        removed.put(participant.id(), participant.session);
        if (removed.size() > REMOVED) {
            removed.remove(removed.keySet().iterator().next());
        }
        remove(participant, LeaveReason.REMOVED);
    }

    /** Who and what is in it now. */
    RoomCensus census() {
        lock.lock();
        try {
            return RoomCensus.of(id, participants.values());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the room for everybody. */
    void close(String reason) {
        locked(() -> {
            closed = true;
            tellAll(new RoomEvent.RoomClosed(reason));
            LOG.info("Room {}: closed ({}), {} present", id, reason, participants.size());
            participants.values().forEach(Participant::end);
            participants.clear();
            door.sendAway(Optional.empty(), RoomException.refused());
            return reason;
        });
        finish();
    }

    /** The process ends: everybody is told so, and all seats are kept for the next one. */
    void suspend() {
        locked(() -> {
            suspended = !closed;
            closed = true;
            tellAll(new RoomEvent.ServerClosing());
            participants.values().forEach(participant -> participant.outbox = Optional.empty());
            return closed;
        });
        files.suspend();
        router.close();
    }

    /** Closes the room if nobody has been in it for long enough; whether it is closed now. */
    boolean closeIfExpired(long now) {
        boolean over = locked(() -> {
            closed |= participants.isEmpty() && now - emptySince >= context.emptyRoom().toNanos();
            if (closed) {
                door.sendAway(Optional.empty(), RoomException.refused());
            }
            return closed;
        });
        if (over) {
            finish();
        }
        return over;
    }

    private void finish() {
        files.close();
        router.close();
    }

    /** What is to be kept on disk; empty when the room is over. */
    Optional<SavedRoom> saved() {
        return locked(() -> {
            if (closed && !suspended) {
                return Optional.empty();
            }
            long now = context.nanoTime().getAsLong();
            return Optional.of(new SavedRoom(
                    id,
                    code.digits(),
                    hostSecret.hashText(),
                    settings,
                    participants.values().stream().map(Participant::saved).toList(),
                    context.wallClock().millis(),
                    participants.isEmpty() ? (now - emptySince) / 1_000_000 : 0));
        });
    }

    // ---- for the parts of the room, with the lock held

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    Collection<Participant> present() {
        return participants.values();
    }

    Participant participant(String participantId) {
        return Optional.ofNullable(participants.get(participantId))
                .orElseThrow(() -> RoomException.notFound("participant"));
    }

    /** Who sends that producer; empty when nobody does any more. */
    Optional<Participant> senderOf(String producerId) {
        return participants.values().stream()
                .filter(participant -> participant.producers.containsKey(producerId))
                .findFirst();
    }

    RoomSettings settings() {
        return settings;
    }

    boolean isClosed() {
        return closed;
    }

    void configure(RoomSettings changed, Participant by) {
        settings = changed;
        context.archive().changed(this);
        tellAll(new RoomEvent.RoomChanged(changed, by.id()));
        LOG.info("Room {}: {} set {}", id, by.id(), changed);
    }

    void setRole(Participant participant, Role role, Participant by) {
        participant.role = role;
        context.archive().changed(this);
        tellAll(new RoomEvent.RoleChanged(participant.id(), role, by.id()));
        participant.send(new RoomEvent.WaitingChanged(door.waitingFor(participant)));
        LOG.info("Room {}: {} made {} a {}", id, by.id(), participant.id(), role);
    }

    void tellAll(RoomEvent event) {
        participants.values().forEach(participant -> participant.send(event));
    }

    void tellOthers(Participant but, RoomEvent event) {
        for (var participant : participants.values()) {
            if (participant != but) {
                participant.send(event);
            }
        }
    }

    void checkPresent(Participant participant) {
        if (participant.isGone() || closed) {
            throw RoomException.notJoined();
        }
    }

    private boolean isCurrent(Participant participant, Outbox connection) {
        return participant.outbox.filter(current -> current == connection).isPresent();
    }

    private void remove(Participant participant, LeaveReason reason) {
        if (closed || participants.remove(participant.id()) == null) {
            return;
        }
        participant.end();
        tellAll(new RoomEvent.ParticipantLeft(participant.id(), reason));
        talk.lowerHand(participant);
        voices.forget(participant);
        if (participants.isEmpty()) {
            emptySince = context.nanoTime().getAsLong();
        }
        context.archive().changed(this);
        LOG.info("Room {}: {} is gone ({}), {} present", id, participant.id(), reason, participants.size());
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
                settings,
                door.waitingFor(self),
                talk.hands(),
                new Snapshot.Files(limit, limit == 0 ? "" : self.filesToken()),
                context.grace().lost().toSeconds(),
                capabilities,
                others,
                talk.historyFor(self),
                new Snapshot.Own(
                        List.copyOf(self.transports.keySet()),
                        List.copyOf(self.producers.keySet()),
                        List.copyOf(self.consumers.keySet()),
                        media.pausedByHost(self)));
    }
}
