package dev.parley.socketio;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in which room of a namespace. Thread-safe; empty rooms take no memory. */
final class Rooms {
    private final Map<String, Set<SocketSession>> members = new ConcurrentHashMap<>();

    void join(String room, SocketSession session) {
        members.compute(room, (name, set) -> {
            Set<SocketSession> present = set == null ? ConcurrentHashMap.newKeySet(4) : set;
            present.add(session);
            return present;
        });
    }

    void leave(String room, SocketSession session) {
        members.computeIfPresent(room, (name, set) -> {
            set.remove(session);
            return set.isEmpty() ? null : set;
        });
    }

    /** The members; the set may change while it is read. */
    Set<SocketSession> of(String room) {
        return members.getOrDefault(room, Set.of());
    }

    int size() {
        return members.size();
    }
}
