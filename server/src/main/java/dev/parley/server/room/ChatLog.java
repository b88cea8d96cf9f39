package dev.parley.server.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last messages of a room, in order. Not thread-safe: its room's lock guards it. */
final class ChatLog {
    private record Key(String participantId, String id) {}

    /** A message, and whether this call made it: the sender may have sent it twice. */
    record Posted(ChatMessage message, boolean isNew) {}

    private final int capacity;
    private final Deque<ChatMessage> messages = new ArrayDeque<>();
    private final Map<Key, ChatMessage> byKey = new HashMap<>();
    private long lastSeq;

    ChatLog(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a message, or finds the one that the same participant sent with the same id, as long as it is remembered.
     */
    Posted post(String id, String participantId, String name, String text, long timeMillis) {
        var key = new Key(participantId, id);
        var known = byKey.get(key);
        if (known != null) {
            return new Posted(known, false);
        }
        var message = new ChatMessage(++lastSeq, id, participantId, name, text, timeMillis);
        messages.addLast(message);
        byKey.put(key, message);
        if (messages.size() > capacity) {
            var oldest = messages.removeFirst();
            byKey.remove(new Key(oldest.participantId(), oldest.id()));
        }
        return new Posted(message, true);
    }

    /** What is remembered, oldest first: a copy. */
    List<ChatMessage> history() {
        return new ArrayList<>(messages);
    }
}
