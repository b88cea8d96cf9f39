package dev.parley.server.room;

import dev.parley.server.config.Limits;
import dev.parley.sfu.Router;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One meeting: its code, its participants and its chat. One lock guards all of it. Answers and events are handed to the
 * outboxes with the lock held, so that each client sees a snapshot and then every later change, exactly once and in one
 * order. Nothing that waits for the media server runs under the lock.
 */
public final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    private static final int CHAT_BURST = 20;
    private static final double CHAT_PER_SECOND = 5;

    private final String id = UUID.randomUUID().toString();
    private final MeetingCode code;
    private final Router router;
    private final RoomContext context;
    private final RoomMedia media;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Participant> participants = new LinkedHashMap<>();
    private final ChatLog chat = new ChatLog(Limits.CHAT_HISTORY);
    private long emptySince;
    private boolean closed;

    Room(Router router, RoomContext context) {
        this.router = router;
        this.context = context;
        this.code = MeetingCode.random(context.random());
        this.emptySince = context.nanoTime().getAsLong();
        this.media = new RoomMedia(this, lock, participants, context.limits());
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

    MeetingCode code() {
        return code;
    }

    /**
     * Lets somebody in; empty when the room is full or over. The answer is called before the participant is told
     * anything.
     */
    Optional<Participant> admit(String name, Outbox outbox, Consumer<Snapshot> answer) {
        var capabilities = router.rtpCapabilities();
        lock.lock();
        try {
            if (closed || participants.size() >= context.limits().participants()) {
                return Optional.empty();
            }
            var bucket = new TokenBucket(context.nanoTime().getAsLong(), CHAT_BURST, CHAT_PER_SECOND);
            var joined = new Participant(this, UUID.randomUUID().toString(), name, context.newToken(), outbox, bucket);
            answer.accept(snapshot(joined, capabilities));
            media.tellActiveSpeaker(joined);
            tellAll(new RoomEvent.ParticipantJoined(joined.view()));
            participants.put(joined.id(), joined);
            LOG.info("Room {}: {} joined as {}, {} present", id, joined.id(), UserText.quoted(name),
                    participants.size());
            return Optional.of(joined);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a participant a new connection; the old one, if it is still there, is ended. */
    Optional<Participant> resume(String participantId, String token, Outbox outbox, Consumer<Snapshot> answer) {
        var capabilities = router.rtpCapabilities();
        lock.lock();
        try {
            var participant = participants.get(participantId);
            if (participant == null || !participant.hasToken(token)) {
                return Optional.empty();
            }
            participant.outbox.ifPresent(Outbox::disconnect);
            participant.outbox = Optional.of(outbox);
            participant.connections++;
            answer.accept(snapshot(participant, capabilities));
            media.tellActiveSpeaker(participant);
            LOG.info("Room {}: {} is back", id, participantId);
            return Optional.of(participant);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The connection broke: the participant stays for the grace period. Without effect when another one took its place.
     */
    public void lost(Participant participant, Outbox connection) {
        lock.lock();
        try {
            if (participant.gone || !isCurrent(participant, connection)) {
                return;
            }
            participant.outbox = Optional.empty();
            int lostConnection = participant.connections;
            LOG.info("Room {}: lost the connection of {}", id, participant.id());
            context.later(context.grace(), () -> graceOver(participant, lostConnection));
        } finally {
            lock.unlock();
        }
    }

    private void graceOver(Participant participant, int lostConnection) {
        lock.lock();
        try {
            if (participant.connections != lostConnection) {
                return;
            }
            remove(participant, LeaveReason.CONNECTION_LOST);
        } finally {
            lock.unlock();
        }
        media.closeAllOf(participant);
    }

    /** The participant leaves over this connection. Without effect when another connection took its place. */
    public void leave(Participant participant, Outbox connection) {
        lock.lock();
        try {
            if (!isCurrent(participant, connection)) {
                return;
            }
            remove(participant, LeaveReason.LEFT);
        } finally {
            lock.unlock();
        }
        media.closeAllOf(participant);
    }

    /**
     * Adds to the chat. The same id again gets the same answer and is told to nobody. The answer comes before the
     * event.
     */
    public void post(Participant participant, String messageId, String text, Consumer<ChatMessage> answer) {
        lock.lock();
        try {
            checkPresent(participant);
            if (!participant.chatRate.take(context.nanoTime().getAsLong())) {
                throw RoomException.tooMany("That was too much chat at once: wait a second.");
            }
            long time = context.wallClock().millis();
            var posted = chat.post(messageId, participant.id(), participant.name(), text, time);
            answer.accept(posted.message());
            if (posted.isNew()) {
                tellAll(new RoomEvent.ChatPosted(posted.message()));
            }
        } finally {
            lock.unlock();
        }
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
        List<Participant> present;
        lock.lock();
        try {
            closed = true;
            tellAll(new RoomEvent.RoomClosed(reason));
            present = List.copyOf(participants.values());
            present.forEach(participant -> participant.gone = true);
            participants.clear();
            LOG.info("Room {}: closed ({}), {} present", id, reason, present.size());
        } finally {
            lock.unlock();
        }
        router.close();
    }

    /** Closes the room if nobody has been in it for long enough; whether it is closed now. */
    boolean closeIfExpired(long now) {
        lock.lock();
        try {
            closed |= participants.isEmpty() && now - emptySince >= context.emptyRoom().toNanos();
            if (!closed) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        router.close();
        return true;
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
        if (participant.gone) {
            throw RoomException.notJoined();
        }
    }

    private boolean isCurrent(Participant participant, Outbox connection) {
        return participant.outbox.filter(current -> current == connection).isPresent();
    }

    private void remove(Participant participant, LeaveReason reason) {
        if (participants.remove(participant.id()) == null) {
            return;
        }
        participant.gone = true;
        participant.outbox = Optional.empty();
        tellAll(new RoomEvent.ParticipantLeft(participant.id(), reason));
        media.forgetSpeaker(participant);
        if (participants.isEmpty()) {
            emptySince = context.nanoTime().getAsLong();
        }
        LOG.info("Room {}: {} is gone ({}), {} present", id, participant.id(), reason, participants.size());
    }

    private Snapshot snapshot(Participant self, dev.parley.sfu.RtpCapabilities capabilities) {
        var others = new ArrayList<ParticipantView>();
        for (var participant : participants.values()) {
            if (participant != self) {
                others.add(participant.view());
            }
        }
        return new Snapshot(
                self,
                capabilities,
                others,
                chat.history(),
                List.copyOf(self.transports.keySet()),
                List.copyOf(self.producers.keySet()),
                List.copyOf(self.consumers.keySet()));
    }
}
