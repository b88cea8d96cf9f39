package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ChatLogTest {
    private final ChatLog log = new ChatLog(3);

    @Test
    void numbersMessagesFromOneWithoutGaps() {
        assertEquals(1, log.post("a", "p", "Ada", "one", 10).message().seq());
        assertEquals(2, log.post("b", "p", "Ada", "two", 20).message().seq());
        assertEquals(List.of("one", "two"), log.history().stream().map(ChatMessage::text).toList());
    }

    @Test
    void takesTheSameMessageOnce() {
        var first = log.post("a", "p", "Ada", "one", 10);
        var again = log.post("a", "p", "Ada", "something else", 20);
        assertTrue(first.isNew());
        assertFalse(again.isNew());
        assertEquals(first.message(), again.message());
        assertEquals(1, log.history().size());
    }

    @Test
    void letsTwoPeopleUseTheSameId() {
        log.post("a", "p", "Ada", "one", 10);
        assertTrue(log.post("a", "q", "Bob", "two", 10).isNew());
    }

    @Test
    void forgetsTheOldestAndGoesOnCounting() {
        for (int i = 1; i <= 5; i++) {
            log.post("m" + i, "p", "Ada", "text" + i, i);
        }
        assertEquals(List.of(3L, 4L, 5L), log.history().stream().map(ChatMessage::seq).toList());
        assertEquals(6, log.post("m1", "p", "Ada", "again", 6).message().seq());
    }
}
