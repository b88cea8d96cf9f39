package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.server.config.Limits;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When rooms and files that nobody uses are forgotten, on a virtual clock. */
final class RoomExpiryTest {
    private static final Duration EMPTY_ROOM = Duration.ofMinutes(60);

    private final AtomicLong now = new AtomicLong(Duration.ofDays(1).toNanos());
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path folder;

    private Sfu sfu;
    private RoomContext context;
    private RoomRegistry rooms;

    /** Somebody who listens to nothing but keeps what was told. */
    private static final class Listener implements Outbox {
        private final List<RoomEvent> told = new ArrayList<>();

        @Override
        public void send(RoomEvent event) {
            told.add(event);
        }

        @Override
        public void disconnect() {}
    }

    @BeforeEach
    void open() {
        sfu = Sfu.start(SfuConfig.defaults().withMediaPort(0).withListenAddresses(List.of("127.0.0.1")));
        context = new RoomContext(
                Limits.defaults(),
                new Grace(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(60)),
                new RoomArchive(folder.resolve("rooms"), () -> Instant.ofEpochMilli(0), timers),
                new FileSpace(folder.resolve("files"), 1_000),
                EMPTY_ROOM,
                new SecureRandom(),
                now::get,
                () -> Instant.ofEpochMilli(now.get() / 1_000_000),
                timers);
        rooms = new RoomRegistry(sfu, context);
    }

    @AfterEach
    void close() {
        rooms.close();
        sfu.close();
        timers.shutdownNow();
    }

    private Participant join(Room room, Outbox outbox) {
        var seated = new ArrayList<Participant>();
        rooms.join(
                new JoinRequest(room.id(), Optional.of(room.codeDigits()), Optional.empty(), "Ann", "a", outbox),
                entry -> seated.add(((Entry.Seated) entry).snapshot().self()));
        return seated.getFirst();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        rooms.sweep();
    }

    @Test
    void keepsUploadsWhileARoomOfTheLastProcessCannotBeRead() throws IOException {
        rooms.close();
        var upload = folder.resolve("files").resolve("somebody's");
        Files.writeString(upload, "of a room that cannot be read");
        var odd = Files.createDirectories(folder.resolve("rooms/odd.json/within"));
        rooms = new RoomRegistry(sfu, context);
        assertTrue(Files.exists(upload));

        rooms.close();
        Files.delete(odd);
        Files.delete(odd.getParent());
        rooms = new RoomRegistry(sfu, context);
        assertTrue(Files.notExists(upload), "it belongs to nobody");
    }

    @Test
    void aRoomThatNobodyEnteredIsForgottenAfterAnHour() {
        var room = rooms.create("a").room();
        pass(EMPTY_ROOM.minusSeconds(1));
        assertEquals(1, rooms.size());
        pass(Duration.ofSeconds(1));
        assertEquals(0, rooms.size());
        assertThrows(RoomException.class, () -> join(room, new Listener()));
    }

    @Test
    void theHourBeginsAnewWhenTheLastOneLeaves() {
        var room = rooms.create("a").room();
        var outbox = new Listener();
        var ann = join(room, outbox);
        pass(EMPTY_ROOM.multipliedBy(3));
        assertEquals(1, rooms.size(), "somebody is in it");
        room.seats().leave(ann, outbox);
        pass(EMPTY_ROOM.minusSeconds(1));
        assertEquals(1, rooms.size());
        join(room, new Listener());
        pass(Duration.ofSeconds(1));
        assertEquals(1, rooms.size(), "somebody came back in time");
    }

    @Test
    void aFileThatWasNeverSentIsDeletedAfterFiveMinutes() throws IOException {
        var room = rooms.create("a").room();
        var ann = join(room, new Listener());
        var stored = room.files().receive(ann, "a", "a/b", new ByteArrayInputStream(new byte[1_000]));
        var sent = room.files().receive(ann, "b", "a/b", new ByteArrayInputStream(new byte[1_000]));
        room.files().claim(ann, sent.id());
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertEquals(true, Files.exists(stored.path()));
        pass(Duration.ofSeconds(1));
        assertEquals(false, Files.exists(stored.path()));
        assertEquals(true, Files.exists(sent.path()));
        assertThrows(RoomException.class, () -> room.files().claim(ann, stored.id()));
    }

    @Test
    void theFilesOfARoomGoWithIt() throws IOException {
        var room = rooms.create("a").room();
        var outbox = new Listener();
        var ann = join(room, outbox);
        var sent = room.files().receive(ann, "b", "a/b", new ByteArrayInputStream(new byte[1_000]));
        room.files().claim(ann, sent.id());
        room.seats().leave(ann, outbox);
        pass(EMPTY_ROOM);
        assertEquals(false, Files.exists(sent.path()));
        assertEquals(Optional.empty(), rooms.file(room.id(), sent.id()));
    }
}
