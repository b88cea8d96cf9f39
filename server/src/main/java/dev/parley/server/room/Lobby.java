package dev.parley.server.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those who wait in front of a room, longest first, and no more than a number. Guarded by the room's lock. */
final class Lobby {
    static final int PLACES = 50;

    private final Map<String, Waiter> waiters = new LinkedHashMap<>();

    /** Throws {@link RoomException} {@code lobby/full}. */
    void add(Waiter waiter) {
        if (waiters.size() >= PLACES) {
            throw RoomException.lobbyFull();
        }
        waiters.put(waiter.view().id(), waiter);
    }

    /** Whether this one was still waiting. */
    boolean remove(Waiter waiter) {
        return waiters.remove(waiter.view().id(), waiter);
    }

    /** Those whom a host means: one, who must be there, or all. */
    List<Waiter> chosen(Optional<String> waitingId) {
        if (waitingId.isEmpty()) {
            return new ArrayList<>(waiters.values());
        }
        var waiter = waiters.get(waitingId.get());
        if (waiter == null) {
            throw RoomException.notFound("person in the lobby");
        }
        return List.of(waiter);
    }

    List<WaitingView> views() {
        return waiters.values().stream().map(Waiter::view).toList();
    }
}
