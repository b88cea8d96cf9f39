package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class RoomArchiveTest {
    private static final int ROOMS = 8;
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

    @TempDir
    Path folder;

    @Test
    void whatCannotBeReadKeepsNoOtherRoomAwayAndStays() throws IOException {
        for (int i = 0; i < ROOMS; i++) {
            keep("room" + i);
            // A folder in a file's place cannot be read, whoever asks.
            Files.createDirectories(folder.resolve("odd" + i + ".json/within"));
            Files.writeString(folder.resolve("odd" + i + ".chat"), "");
        }
        Files.writeString(folder.resolve("over.chat"), "");

        try (var timers = Executors.newSingleThreadScheduledExecutor()) {
            var archive = new RoomArchive(folder, () -> NOW, timers);
            var loaded = archive.load(Duration.ofHours(1));
            assertEquals(ROOMS, loaded.rooms().size());
            assertFalse(loaded.complete());
        }
        for (int i = 0; i < ROOMS; i++) {
            assertTrue(Files.exists(folder.resolve("room" + i + ".chat")));
            assertTrue(Files.exists(folder.resolve("odd" + i + ".json")));
            assertTrue(Files.exists(folder.resolve("odd" + i + ".chat")));
        }
        assertTrue(Files.notExists(folder.resolve("over.chat")), "nobody needs it");
    }

    @Test
    void aRoomWhoseCodeIsNoneIsNotRestored() throws IOException {
        keep("good");
        keep("odd", "12345x");
        try (var timers = Executors.newSingleThreadScheduledExecutor()) {
            var loaded = new RoomArchive(folder, () -> NOW, timers).load(Duration.ofHours(1));
            assertEquals(List.of("good"), loaded.rooms().stream().map(SavedRoom::id).toList());
            assertTrue(loaded.complete(), "nothing is left of the other");
        }
    }

    private void keep(String id) throws IOException {
        keep(id, "123456");
    }

    private void keep(String id, String code) throws IOException {
        var room = new SavedRoom(
                id, code, Secret.of("token").hashText(), RoomSettings.OPEN, List.of(), NOW.toEpochMilli(), 0);
        Files.write(folder.resolve(id + ".json"), JsonMapper.builder().build().writeValueAsBytes(room));
        Files.writeString(folder.resolve(id + ".chat"), "");
    }
}
