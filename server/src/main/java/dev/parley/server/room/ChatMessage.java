package dev.parley.server.room;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One message of a room's chat.
 *
 * @param seq its number in the room, greater than that of every earlier message
 * @param id the id that the sender's client made
 * @param participantId who sent it
 * @param name the sender's name then
 * @param text plain text, never markup; empty only where there is a file
 * @param time milliseconds since 1970
 * @param to the one participant who may see it, besides the sender; empty: everybody
 * @param toName that one's name then
 * @param file what it carries
 */
public record ChatMessage(
        long seq,
        String id,
        String participantId,
        String name,
        String text,
        long time,
        Optional<String> to,
        Optional<String> toName,
        Optional<ChatFile> file) {
    /** Whether nothing is missing of what every message has; one that was read from a file may lack anything. */
    @SuppressWarnings("ConstantValue")
    boolean isWhole() {
        return Stream.of(id, participantId, name, text, to, toName, file).allMatch(Objects::nonNull);
    }

    /** Whether this participant may see it. */
    boolean isFor(String reader) {
        return to.isEmpty() || to.get().equals(reader) || participantId.equals(reader);
    }
}
