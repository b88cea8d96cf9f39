package dev.parley.server.room;

import dev.parley.server.config.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps each room in a file of its own and its chat in another, so that codes, host links, seats and chat outlive the
 * process; media does not. A new room is written before its creator knows it, changes half a second later, so a process
 * that is killed loses no more than those. Chat is written before it is answered, and reaches the disk itself within a
 * second: a machine that loses its power loses no more than that. Thread-safe.
 */
public final class RoomArchive {
    private static final Logger LOG = LoggerFactory.getLogger(RoomArchive.class);
    private static final long DELAY_MILLIS = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";
    private static final String CHAT = ".chat";
    private static final long RETRY_MILLIS = 5_000;
    private static final long SYNC_MILLIS = 1_000;

    private final Path folder;
    private final InstantSource clock;
    private final ScheduledExecutorService timers;
    private final Set<Room> dirty = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<ChatJournal> unsynced = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean syncScheduled = new AtomicBoolean();
    private final ReentrantLock writing = new ReentrantLock();

    /** Rooms are kept in the folder, which is made when it is not there. */
    public RoomArchive(Path folder, InstantSource clock, ScheduledExecutorService timers) {
        this.folder = folder;
        this.clock = clock;
        this.timers = timers;
        try {
            Files.createDirectories(folder);
            restrict(folder, "rwx------");
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
    }

    /** The room is to be written soon, or deleted when it is over. Does not wait. */
    void changed(Room room) {
        changed(room, DELAY_MILLIS);
    }

    private void changed(Room room, long delayMillis) {
        dirty.add(room);
        if (scheduled.compareAndSet(false, true)) {
            timers.schedule(() -> Thread.startVirtualThread(this::flush), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes the room at once. Not with the room's lock held. */
    void save(Room room) {
        write(room);
    }

    /** Writes these rooms at once, for the last time. */
    void saveAll(Collection<Room> rooms) {
        flush();
        rooms.forEach(this::write);
        sync();
    }

    /** The chat of the room. */
    ChatJournal chatOf(String roomId) {
        return new ChatJournal(folder.resolve(roomId + CHAT), 2 * Limits.CHAT_HISTORY, this::chatWritten);
    }

    private void chatWritten(ChatJournal chat) {
        unsynced.add(chat);
        if (syncScheduled.compareAndSet(false, true)) {
            timers.schedule(() -> Thread.startVirtualThread(this::sync), SYNC_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sync() {
        syncScheduled.set(false);
        for (var chat : List.copyOf(unsynced)) {
            unsynced.remove(chat);
            try {
                chat.sync();
            } catch (IOException e) {
                LOG.warn("A chat in {} may not have reached the disk", folder, e);
            }
        }
    }

    private void flush() {
        scheduled.set(false);
        for (var room : List.copyOf(dirty)) {
            dirty.remove(room);
            write(room);
        }
    }

    private void write(Room room) {
        var file = folder.resolve(room.id() + SUFFIX);
        writing.lock();
        try {
            var saved = room.saved();
            if (saved.isEmpty()) {
                failing.remove(room.id());
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder.resolve(room.id() + CHAT));
                return;
            }
            var next = folder.resolve(room.id() + ".tmp");
            Files.write(next, JSON.writeValueAsBytes(saved.get()));
            restrict(next, "rw-------");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            failing.remove(room.id());
        } catch (IOException e) {
            if (failing.add(room.id())) { // said once
                LOG.error("Room {} cannot be kept in {}, it is tried again: {}", room.id(), folder, e.toString());
            }
            retry(room);
        } finally {
            writing.unlock();
        }
    }

    private void retry(Room room) {
        if (!timers.isShutdown()) {
            changed(room, RETRY_MILLIS);
        }
    }

    /**
     * What the last process left.
     *
     * @param rooms that are not over
     * @param complete whether all could be read; where not, nobody knows what else belongs to the others
     */
    record Loaded(List<SavedRoom> rooms, boolean complete) {}

    /**
     * The rooms of the last process that are not over; the files of the others are deleted. What cannot be read now
     * stays as it is, with its chat, and keeps no other room away.
     */
    Loaded load(Duration emptyRoom) {
        var rooms = new ArrayList<SavedRoom>();
        var complete = true;
        var chats = new HashSet<String>();
        try (var files = Files.newDirectoryStream(folder, "*.{json,tmp}")) {
            for (var file : files) {
                try {
                    var room = loaded(file, emptyRoom);
                    room.ifPresent(rooms::add);
                    room.ifPresent(found -> chats.add(found.id() + CHAT));
                } catch (IOException e) {
                    complete = false;
                    chats.add(String.valueOf(file.getFileName()).replace(SUFFIX, CHAT));
                    LOG.warn("{} cannot be read ({}): the server begins without that room. Mend it and start the server"
                            + " again, or delete it", file, e.toString());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("The rooms in {} cannot be read: the server begins without those that are left", folder, e);
            return new Loaded(rooms, false);
        }
        deleteOtherChats(chats);
        return new Loaded(rooms, complete);
    }

    /** The room in that file; the file is deleted when that is over. */
    private Optional<SavedRoom> loaded(Path file, Duration emptyRoom) throws IOException {
        var room = read(file).map(found -> found.agedTo(clock.millis()))
                .filter(found -> found.emptyFor() < emptyRoom.toMillis());
        if (room.isEmpty()) {
            Files.deleteIfExists(file);
        }
        return room;
    }

    private void deleteOtherChats(Set<String> known) {
        try (var chats = Files.newDirectoryStream(folder, "*" + CHAT)) {
            for (var chat : chats) {
                if (!known.contains(String.valueOf(chat.getFileName()))) {
                    Files.deleteIfExists(chat);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Chats of rooms that are over cannot be deleted in {}", folder, e);
        }
    }

    private static Optional<SavedRoom> read(Path file) throws IOException {
        if (!file.toString().endsWith(SUFFIX)) {
            return Optional.empty(); // left behind by a process that was killed while it wrote
        }
        try {
            var saved = JSON.readValue(Files.readAllBytes(file), SavedRoom.class);
            MeetingCode.of(saved.code());
            Secret.ofHash(saved.hostHash());
            saved.seats().forEach(seat -> Secret.ofHash(seat.sessionHash()));
            return Optional.of(saved);
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            LOG.warn("{} is no room that can be restored, it is deleted: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
