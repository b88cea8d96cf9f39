package dev.parley.server.room;

import dev.parley.sfu.Router;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One meeting, from its first to its last moment, and its parts: who sits in it, who comes in, what they send and say.
 * One lock guards it and all of them. Answers and events are handed to the outboxes with the lock held, so that each
 * client sees a snapshot and then every later change, exactly once and in one order. Nothing that waits for the media
 * server runs under the lock.
 */
public final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

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
    private final Seats seats;
    private final Door door;

    private final ReentrantLock lock = new ReentrantLock();
    private RoomSettings settings;
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
        this.seats = new Seats(this, context, saved.emptyFor());
        this.door = new Door(this, context);
        this.files = new RoomFiles(id, context.files(), context.random(), context.nanoTime());
        // Clients may know messages that a crash of the machine took from the disk: numbers go on above those too.
        this.talk = new RoomTalk(this, context, saved.seats().isEmpty() ? 0 : context.wallClock().millis());
        this.voices = new RoomVoices(this);
        this.media = new RoomMedia(this, lock, seats, context.limits(), voices);
        saved.seats().forEach(seats::keep);
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

    /** Who sits in it. */
    public Seats seats() {
        return seats;
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

    /** Whether this one was still waiting, and no longer is. */
    public boolean withdraw(Waiter waiter) {
        return door.withdraw(waiter);
    }

    /** Who and what is in it now. */
    RoomCensus census() {
        lock.lock();
        try {
            return RoomCensus.of(id, seats.taken());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the room for everybody. */
    void close(String reason) {
        locked(() -> {
            closed = true;
            tellAll(new RoomEvent.RoomClosed(reason));
            LOG.info("Room {}: closed ({}), {} present", id, reason, seats.taken().size());
            seats.clear();
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
            seats.disconnect();
            return closed;
        });
        files.suspend();
        router.close();
    }

    /** Closes the room if nobody has been in it for long enough; whether it is closed now. */
    boolean closeIfExpired(long now) {
        boolean over = locked(() -> {
            closed |= seats.isEmpty() && seats.emptyNanos(now) >= context.emptyRoom().toNanos();
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
                    seats.taken().stream().map(Participant::saved).toList(),
                    context.wallClock().millis(),
                    seats.emptyNanos(now) / 1_000_000));
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
        seats.taken().forEach(participant -> participant.send(event));
    }

    void tellOthers(Participant but, RoomEvent event) {
        for (var participant : seats.taken()) {
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
}
