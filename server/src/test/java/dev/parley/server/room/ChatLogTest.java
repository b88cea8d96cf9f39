package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChatLogTest {
    private final ChatLog log = new ChatLog(3);

    private long post(String id, String participantId, String text, String... to) {
        var reader = to.length == 0 ? Optional.<String>empty() : Optional.of(to[0]);
        var message = new ChatMessage(
                log.nextSeq(), id, participantId, participantId, text, 10, reader, reader, Optional.empty());
        log.add(message);
        return message.seq();
    }

    private List<String> seenBy(String reader) {
        return log.historyFor(reader).stream().map(ChatMessage::text).toList();
    }

    @Test
    void numbersMessagesFromOneWithoutGaps() {
        assertEquals(1, post("a", "p", "one"));
        assertEquals(2, post("b", "p", "two"));
        assertEquals(List.of("one", "two"), seenBy("q"));
    }

    @Test
    void findsTheMessageThatTheSamePersonSentWithTheSameId() {
        post("a", "p", "one");
        assertEquals("one", log.find("p", "a").orElseThrow().text());
        assertTrue(log.find("q", "a").isEmpty());
        assertTrue(log.find("p", "b").isEmpty());
    }

    @Test
    void showsAPrivateMessageToItsTwoPeopleOnly() {
        post("a", "p", "for all");
        post("b", "p", "for q", "q");
        assertEquals(List.of("for all", "for q"), seenBy("p"));
        assertEquals(List.of("for all", "for q"), seenBy("q"));
        assertEquals(List.of("for all"), seenBy("r"));
    }

    @Test
    void forgetsTheOldestAndGoesOnCounting() {
        for (int i = 1; i <= 5; i++) {
            post("m" + i, "p", "text" + i);
        }
        assertEquals(List.of("text3", "text4", "text5"), seenBy("p"));
        assertTrue(log.find("p", "m1").isEmpty());
        assertEquals(6, log.nextSeq());
    }
}
