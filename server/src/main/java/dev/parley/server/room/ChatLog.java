package dev.parley.server.room;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last messages of a room, in order. Not thread-safe: its room's lock guards it. */
final class ChatLog {
    private record Key(String participantId, String id) {}

    private final int capacity;
    private final Deque<ChatMessage> messages = new ArrayDeque<>();
    private final Map<Key, ChatMessage> byKey = new HashMap<>();
    private long lastSeq;

    /** Remembers so many messages. */
    ChatLog(int capacity) {
        this.capacity = capacity;
    }

    /** The next messages get numbers above this one. */
    void numberAbove(long seq) {
        lastSeq = Math.max(lastSeq, seq);
    }

    /** The message that the same participant sent with the same id, as long as it is remembered. */
    Optional<ChatMessage> find(String participantId, String id) {
        return Optional.ofNullable(byKey.get(new Key(participantId, id)));
    }

    long nextSeq() {
        return lastSeq + 1;
    }

    /** Adds a message, whose number is {@link #nextSeq} and which {@link #find} does not find. */
    void add(ChatMessage message) {
        lastSeq = message.seq();
        messages.addLast(message);
        byKey.put(new Key(message.participantId(), message.id()), message);
        if (messages.size() > capacity) {
            var oldest = messages.removeFirst();
            byKey.remove(new Key(oldest.participantId(), oldest.id()));
        }
    }

    /** What is remembered, oldest first: a copy. */
    List<ChatMessage> all() {
        return List.copyOf(messages);
    }

    /** What is remembered and may be seen by this participant, oldest first: a copy. */
    List<ChatMessage> historyFor(String reader) {
        return messages.stream().filter(message -> message.isFor(reader)).toList();
    }
}
