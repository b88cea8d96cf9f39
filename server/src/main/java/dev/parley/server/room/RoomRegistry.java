package dev.parley.server.room;

import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

    private final ScheduledFuture<?> sweep;
    private volatile boolean closed;

    /** Rooms whose media the SFU forwards. */
    public RoomRegistry(Sfu sfu, RoomContext context) {
        this.sfu = sfu;
        this.context = context;
        this.creations = new AddressLimiter(context.limits().roomsPerMinute());
        this.decoy = MeetingCode.random(context.random());
        this.sweep = context.timers()
                .scheduleWithFixedDelay(
                        () -> Thread.startVirtualThread(this::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Makes a room.
     *
     * @param address the creator's address or network, by which creations are limited
     */
    public Room create(String address) {
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
            var room = new Room(sfu.createRouter(RouterOptions.defaults()), context);
            rooms.put(room.id(), room);
            LOG.info("Room {}: created from {}, {} rooms", room.id(), address, rooms.size());
            return room;
        } catch (RuntimeException e) {
            roomCount.decrementAndGet();
            throw e;
        }
    }

    /**
     * Lets somebody into a room. An unknown room, a wrong code, a full room and a lock-out get the same exception.
     *
     * @param name already cleaned
     * @param address the joiner's address or network, by which wrong codes are counted
     * @param answer called with the room locked, before the first event goes to the outbox
     */
    public Participant join(
            String roomId, String code, String name, String address, Outbox outbox, Consumer<Snapshot> answer) {
        checkOpen();
        long now = context.nanoTime().getAsLong();
        var room = Optional.ofNullable(rooms.get(roomId));
        boolean locked = lockOut.isLocked(now, roomId, address);
        boolean right = room.map(Room::code).orElse(decoy).matches(code);
        if (room.isEmpty() || locked || !right) {
            if (room.isPresent() && !locked) {
                lockOut.wrongCode(now, roomId, address);
            } else {
                lockOut.refused(now, address);
            }
            LOG.info("Refused {} at room {}: {}", address, room.map(Room::id).orElse("unknown"), why(room, locked));
            throw RoomException.refused();
        }
        return room.get().admit(name, outbox, answer).orElseThrow(() -> {
            LOG.info("Refused {} at room {}: full", address, room.get().id());
            return RoomException.refused();
        });
    }

    /** Gives a participant a new connection. */
    public Participant resume(
            String roomId, String participantId, String token, Outbox outbox, Consumer<Snapshot> answer) {
        checkOpen();
        return Optional.ofNullable(rooms.get(roomId))
                .flatMap(room -> room.resume(participantId, token, outbox, answer))
                .orElseThrow(RoomException::unknownSession);
    }

    /** Rooms at the moment. */
    public int size() {
        return rooms.size();
    }

    /** Who and what is in every room now, for the operator. */
    public List<RoomCensus> census() {
        return rooms.values().stream().map(Room::census).toList();
    }

    /** Tells everybody in every room that the server goes down, and ends the rooms. */
    @Override
    public void close() {
        closed = true;
        sweep.cancel(false);
        rooms.values().forEach(room -> room.close("server-closing"));
        rooms.clear();
    }

    private void sweep() {
        long now = context.nanoTime().getAsLong();
        for (var room : rooms.values()) {
            if (room.closeIfExpired(now) && rooms.remove(room.id()) != null) {
                roomCount.decrementAndGet();
                lockOut.forgetRoom(room.id());
                LOG.info("Room {}: forgotten, it was empty for too long, {} rooms", room.id(), rooms.size());
            }
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
