package dev.parley.server.room;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
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
 * Keeps each room in a file of its own, so that codes, host links and seats outlive the process; media, chat and files
 * do not. Writes half a second after a change, so a process that is killed loses no more than that. Thread-safe.
 */
public final class RoomArchive {
    private static final Logger LOG = LoggerFactory.getLogger(RoomArchive.class);
    private static final long DELAY_MILLIS = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final InstantSource clock;
    private final ScheduledExecutorService timers;
    private final Set<Room> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
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
        dirty.add(room);
        if (scheduled.compareAndSet(false, true)) {
            timers.schedule(() -> Thread.startVirtualThread(this::flush), DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes these rooms at once, for the last time. */
    void saveAll(Collection<Room> rooms) {
        flush();
        rooms.forEach(room -> write(room, true));
    }

    private void flush() {
        scheduled.set(false);
        for (var room : List.copyOf(dirty)) {
            dirty.remove(room);
            write(room, false);
        }
    }

    private void write(Room room, boolean suspended) {
        var file = folder.resolve(room.id() + SUFFIX);
        writing.lock();
        try {
            var saved = room.saved(suspended);
            if (saved.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            var next = folder.resolve(room.id() + ".tmp");
            Files.write(next, JSON.writeValueAsBytes(saved.get()));
            restrict(next, "rw-------");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("Room {} cannot be kept in {}: it will not outlive a restart", room.id(), folder, e);
        } finally {
            writing.unlock();
        }
    }

    /** The rooms of the last process that are not over; the files of the others are deleted. */
    List<SavedRoom> load(Duration emptyRoom) {
        var rooms = new ArrayList<SavedRoom>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var saved = read(file);
                var room = saved.map(found -> found.agedTo(clock.millis()))
                        .filter(found -> found.emptyFor() < emptyRoom.toMillis());
                room.ifPresent(rooms::add);
                if (room.isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("The rooms in {} cannot be read: the server begins without them", folder, e);
        }
        return rooms;
    }

    private static Optional<SavedRoom> read(Path file) throws IOException {
        if (!file.toString().endsWith(SUFFIX)) {
            return Optional.empty(); // left behind by a process that was killed while it wrote
        }
        try {
            var saved = JSON.readValue(Files.readAllBytes(file), SavedRoom.class);
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
