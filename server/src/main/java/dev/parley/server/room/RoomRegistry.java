package dev.parley.server.room;

import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms, and the door to them. Thread-safe. */
public final class RoomRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomRegistry.class);
    private static final long SWEEP_SECONDS = 10;

    private final Sfu sfu;
    private final RoomContext context;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final AtomicInteger roomCount = new AtomicInteger();
    private final LockOut lockOut = new LockOut();
    private final AddressLimiter creations;
    /** Compared with when there is no such room, so that the answer takes the same time. */
    private final MeetingCode decoy;

    private final Secret decoySecret;
    private final ScheduledFuture<?> sweep;
    private volatile boolean closed;

    /** Rooms whose media the SFU forwards. */
    public RoomRegistry(Sfu sfu, RoomContext context) {
        this.sfu = sfu;
        this.context = context;
        this.creations = new AddressLimiter(context.limits().roomsPerMinute());
        this.decoy = MeetingCode.random(context.random());
        this.decoySecret = Secret.of(context.newToken());
        restore();
        this.sweep = context.timers()
                .scheduleWithFixedDelay(
                        () -> Thread.startVirtualThread(this::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A room that was just made.
     *
     * @param room the room
     * @param hostToken the secret that makes somebody its host; told to its creator and kept nowhere
     */
    public record Created(Room room, String hostToken) {}

    /**
     * Makes a room.
     *
     * @param address the creator's address or network, by which creations are limited
     */
    public Created create(String address) {
        checkOpen();
        if (!creations.allows(context.nanoTime().getAsLong(), address)) {
            LOG.info("Refused to create a room for {}: too many from there", address);
            throw RoomException.tooMany("Too many rooms were created from your address: wait a minute.");
        }
        if (roomCount.incrementAndGet() > context.limits().rooms()) {
            roomCount.decrementAndGet();
            LOG.warn("Refused to create a room: there are {} (--max-rooms)", context.limits().rooms());
            throw RoomException.limit("The server has as many rooms as it may: try again later.");
        }
        try {
            var hostToken = context.newToken();
            var room = new Room(
                    sfu.createRouter(RouterOptions.defaults()),
                    context,
                    new SavedRoom(
                            UUID.randomUUID().toString(),
                            MeetingCode.random(context.random()).digits(),
                            Secret.of(hostToken).hashText(),
                            RoomSettings.OPEN,
                            List.of(),
                            0,
                            0));
            rooms.put(room.id(), room);
            context.archive().save(room);
            LOG.info("Room {}: created from {}, {} rooms", room.id(), address, rooms.size());
            return new Created(room, hostToken);
        } catch (RuntimeException e) {
            roomCount.decrementAndGet();
            throw e;
        }
    }

    /**
     * Lets somebody into a room, or into its lobby. An unknown room, a wrong code or host token, a full room and a
     * lock-out get the same exception; only who has the right code learns that a room is locked.
     *
     * @param answer called with the room locked, before the first event goes to the outbox
     */
    public void join(JoinRequest request, Consumer<Entry> answer) {
        checkOpen();
        long now = context.nanoTime().getAsLong();
        var roomId = request.roomId();
        var address = request.address();
        var room = Optional.ofNullable(rooms.get(roomId));
        boolean locked = lockOut.isLocked(now, roomId, address);
        boolean right = request.hostToken()
                .map(token -> room.map(Room::hostSecret).orElse(decoySecret).matches(token))
                .orElseGet(() -> room.map(Room::code).orElse(decoy).matches(request.code().orElse("")));
        if (room.isEmpty() || locked || !right) {
            if (room.isPresent() && !locked) {
                lockOut.wrongCode(now, roomId, address);
            } else {
                lockOut.refused(now, address);
            }
            LOG.info("Refused {} at room {}: {}", address, room.map(Room::id).orElse("unknown"), why(room, locked));
            throw RoomException.refused();
        }
        var role = request.hostToken().isPresent() ? Role.HOST : Role.GUEST;
        if (room.get().door().admit(request, role, answer).isEmpty()) {
            LOG.info("Refused {} at room {}: full", address, room.get().id());
            throw RoomException.refused();
        }
    }

    /** Gives a participant a new connection; see {@link Seats#resume}. */
    public Participant resume(
            String roomId,
            String participantId,
            String token,
            boolean fresh,
            Outbox outbox,
            Consumer<Snapshot> answer) {
        checkOpen();
        return Optional.ofNullable(rooms.get(roomId))
                .flatMap(room -> room.seats().resume(participantId, token, fresh, outbox, answer))
                .orElseThrow(RoomException::unknownSession);
    }

    /** A host ends the room for everybody. */
    public void end(Participant host) {
        var room = host.room();
        room.host().check(host);
        room.close("ended");
        forget(room, "a host ended it");
    }

    /**
     * Takes in a file that somebody in a room uploads. Throws {@link RoomException} {@code file/not-allowed} for a
     * wrong token, {@code file/too-large} or {@code limit/reached}.
     *
     * @param name already cleaned
     * @param type MIME type as the sender gave it
     * @param body the file, read to its end unless it is refused
     */
    public StoredFile receive(String token, String name, String type, InputStream body) throws IOException {
        var owner = uploader(token).orElseThrow(RoomException::fileNotAllowed);
        return owner.room().files().receive(owner, name, type, body);
    }

    private Optional<Participant> uploader(String token) {
        var parts = token.split("\\.", 3);
        return parts.length == 3
                ? Optional.ofNullable(rooms.get(parts[0])).flatMap(room -> room.files().uploader(room, parts[1], token))
                : Optional.empty();
    }

    /** A file that was sent in a room. */
    public Optional<StoredFile> file(String roomId, String fileId) {
        return Optional.ofNullable(rooms.get(roomId)).flatMap(room -> room.files().sent(fileId));
    }

    /** Rooms at the moment. */
    public int size() {
        return rooms.size();
    }

    /** Who and what is in every room now, for the operator. */
    public List<RoomCensus> census() {
        return rooms.values().stream().map(Room::census).toList();
    }

    /** Tells everybody in every room that the server goes down, and keeps the rooms for the next one. */
    @Override
    public void close() {
        closed = true;
        sweep.cancel(false);
        rooms.values().forEach(Room::suspend);
        context.archive().saveAll(rooms.values());
        rooms.clear();
    }

    private void restore() {
        var loaded = context.archive().load(context.emptyRoom());
        var complete = loaded.complete();
        for (var saved : loaded.rooms()) {
            if (roomCount.incrementAndGet() > context.limits().rooms()) {
                roomCount.decrementAndGet();
                complete = false;
                LOG.warn("Room {} is not restored: there are as many as there may be (--max-rooms)", saved.id());
                continue;
            }
            var room = new Room(sfu.createRouter(RouterOptions.defaults()), context, saved);
            rooms.put(room.id(), room);
            LOG.info("Room {}: restored, {} seats kept", room.id(), saved.seats().size());
        }
        if (!complete) {
            LOG.warn("What was uploaded in earlier meetings is kept: it may belong to rooms that were not restored");
            return;
        }
        context.files().keepOnly(
                rooms.values().stream().flatMap(room -> room.files().ids().stream()).collect(Collectors.toSet()));
    }

    /** Forgets rooms that were empty for too long, and files that nobody sent. */
    void sweep() {
        long now = context.nanoTime().getAsLong();
        for (var room : rooms.values()) {
            try {
                sweep(room, now);
            } catch (RuntimeException bug) {
                LOG.error("Room {}: what is over in it could not be forgotten", room.id(), bug);
            }
        }
    }

    private void sweep(Room room, long now) {
        if (room.closeIfExpired(now)) {
            forget(room, "it was empty for too long");
        } else {
            room.files().sweep(now);
        }
    }

    private void forget(Room room, String why) {
        if (rooms.remove(room.id(), room)) {
            roomCount.decrementAndGet();
            lockOut.forgetRoom(room.id());
            context.archive().changed(room);
            LOG.info("Room {}: forgotten, {}, {} rooms", room.id(), why, rooms.size());
        }
    }

    private void checkOpen() {
        if (closed) {
            throw RoomException.closing();
        }
    }

    private static String why(Optional<Room> room, boolean locked) {
        if (locked) {
            return "locked out";
        }
        return room.isPresent() ? "wrong code" : "no such room";
    }
}
