package dev.parley.server.room;

import java.time.Duration;

/**
 * Stops the guessing of meeting codes: 5 wrong tries at one room from one address in 5 minutes lock that address out of
 * that room for 5 minutes; 20 refused tries from one address lock it out of every room; 100 wrong tries at one room,
 * wherever from, lock the room for newcomers. An attacker with any number of addresses so gets 1,200 tries an hour at a
 * million codes.
 *
 * <p>Every refused try counts for its address, whether the room exists or not: else the address's own lock would tell
 * which rooms exist. Time is given by the caller (monotonic nanoseconds). Thread-safe.
 */
final class LockOut {
    static final int WRONG_PER_ROOM_AND_ADDRESS = 5;
    static final int REFUSED_PER_ADDRESS = 20;
    static final int WRONG_PER_ROOM = 100;
    static final Duration WINDOW = Duration.ofMinutes(5);
    static final Duration LOCK = Duration.ofMinutes(5);
    private static final int MAX_KEYS = 20_000;

    private record RoomAndAddress(String room, String address) {}

    private final FailureCounter<RoomAndAddress> pairs =
            new FailureCounter<>(WRONG_PER_ROOM_AND_ADDRESS, WINDOW, LOCK, MAX_KEYS);
    private final FailureCounter<String> addresses = new FailureCounter<>(REFUSED_PER_ADDRESS, WINDOW, LOCK, MAX_KEYS);
    private final FailureCounter<String> rooms = new FailureCounter<>(WRONG_PER_ROOM, WINDOW, LOCK, MAX_KEYS);

    /** Whether a try is refused whatever its code. */
    synchronized boolean isLocked(long now, String room, String address) {
        // All three are always asked, so that the answer takes the same time.
        return pairs.isLocked(now, new RoomAndAddress(room, address))
                | addresses.isLocked(now, address)
                | rooms.isLocked(now, room);
    }

    /** A wrong code for a room that exists. */
    synchronized void wrongCode(long now, String room, String address) {
        pairs.failed(now, new RoomAndAddress(room, address));
        rooms.failed(now, room);
        addresses.failed(now, address);
    }

    /** A try that was refused because the room does not exist, or because of a lock. */
    synchronized void refused(long now, String address) {
        addresses.failed(now, address);
    }

    /** The room is gone. */
    synchronized void forgetRoom(String room) {
        rooms.forget(room);
    }
}
