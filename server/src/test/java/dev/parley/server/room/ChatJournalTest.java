package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat on disk, after everything that can happen to a disk. */
final class ChatJournalTest {
    @TempDir
    private Path folder;

    private final List<ChatJournal> written = new ArrayList<>();

    private Path file() {
        return folder.resolve("room.chat");
    }

    private ChatJournal journal() {
        return new ChatJournal(file(), 6, written::add);
    }

    private static ChatMessage message(long seq, String text) {
        return new ChatMessage(
                seq, "id" + seq, "ann", "Ann", text, 1_000 + seq, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ChatMessage secret(long seq) {
        var file = new ChatFile("x".repeat(22), "ü.png", 5, "image/png", "/files/r/x");
        return new ChatMessage(
                seq, "id" + seq, "ann", "Ann", "", seq, Optional.of("bob"), Optional.of("Bob"), Optional.of(file));
    }

    @Test
    void whatWasTakenIsReadAgainAsItWas() {
        var journal = journal();
        var messages = List.of(message(1, "line\nbreak \"quoted\" \u2028 😀 ÿ"), secret(2), message(7, ""));
        messages.forEach(journal::append);
        assertEquals(messages, journal().read());
        assertEquals(3, written.size(), "each is to reach the disk itself");
    }

    @Test
    void aFileThatCannotBeReadIsPutAsideBeforeTheNextMessage() throws IOException {
        Files.createDirectories(file().resolve("within")); // a folder in its place cannot be read, whoever asks
        var journal = journal();
        assertEquals(List.of(), journal.read());
        journal.append(message(1, "new"));
        assertEquals(List.of(message(1, "new")), journal().read());
        assertTrue(Files.exists(folder.resolve("room.chat.unreadable/within")));
    }

    @Test
    void aRoomWithoutChatHasNoFile() {
        assertEquals(List.of(), journal().read());
        assertFalse(Files.exists(file()));
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        journal().append(message(1, "x"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void aLineThatWasTornOffAnywhereIsLeftOutAndWrittenOver() throws IOException {
        var journal = journal();
        journal.append(message(1, "one"));
        long whole = Files.size(file());
        journal.append(message(2, "two äöü"));
        var bytes = Files.readAllBytes(file());
        for (int end = (int) whole; end < bytes.length; end++) {
            Files.write(file(), Arrays.copyOf(bytes, end));
            var after = journal();
            assertEquals(List.of(message(1, "one")), after.read(), "cut at " + end);
            after.append(message(3, "three"));
            assertEquals(List.of(message(1, "one"), message(3, "three")), journal().read(), "cut at " + end);
        }
    }

    @Test
    void garbageInBetweenCostsNoOtherMessage() throws IOException {
        var journal = journal();
        journal.append(message(1, "one"));
        var random = new Random(7);
        for (int i = 0; i < 50; i++) {
            var junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            Files.write(file(), junk, StandardOpenOption.APPEND);
            for (var line : List.of("", "null", "{}", "[]", "{\"seq\":9}", "{\"seq\":1,\"id\":null}")) {
                Files.writeString(file(), "\n" + line + "\n", StandardOpenOption.APPEND);
            }
        }
        var again = journal();
        again.read();
        again.append(message(2, "two"));
        assertEquals(List.of(message(1, "one"), message(2, "two")), journal().read());
    }

    @Test
    void aMessageThatIsThereTwiceIsReadOnce() throws IOException {
        var journal = journal();
        journal.append(message(1, "one"));
        journal.append(message(2, "two"));
        Files.write(file(), Files.readAllBytes(file()), StandardOpenOption.APPEND);
        assertEquals(2, journal().read().size());
    }

    @Test
    void aFullDiskIsToldAndTheNextTryWorks() throws IOException {
        var journal = journal();
        Files.createSymbolicLink(file(), Path.of("/dev/full")); // "No space left on device" for whoever writes
        var refused = assertThrows(RoomException.class, () -> journal.append(message(1, "one")));
        assertEquals("server/storage", refused.code());
        assertEquals(List.of(), written);
        Files.delete(file());
        journal.append(message(1, "one"));
        assertEquals(List.of(message(1, "one")), journal().read());
    }

    @Test
    void itNeverGrowsBeyondItsBound() {
        var journal = journal();
        var log = new ChatLog(3);
        int longest = 0;
        for (int seq = 1; seq <= 50; seq++) {
            journal.append(message(seq, "text"));
            log.add(message(seq, "text"));
            if (journal.isLong()) {
                journal.rewrite(log.all());
            }
            longest = Math.max(longest, journal().read().size());
            assertEquals(message(seq, "text"), journal().read().getLast());
        }
        assertEquals(5, longest);
    }

    @Test
    void whenItCannotBeWrittenAnewItGoesOnAsItWas() throws IOException {
        var journal = journal();
        Files.createDirectory(folder.resolve("room.chat.tmp"));
        for (int seq = 1; seq <= 8; seq++) {
            journal.append(message(seq, "x"));
            if (journal.isLong()) {
                journal.rewrite(List.of(message(seq, "x")));
            }
        }
        assertEquals(8, journal().read().size());
    }

    @Test
    void itReachesTheDisk() throws IOException {
        var journal = journal();
        journal.sync(); // nothing there yet
        journal.append(message(1, "x"));
        journal.sync();
        assertTrue(Files.exists(file()));
    }
}
