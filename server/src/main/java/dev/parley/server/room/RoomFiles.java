package dev.parley.server.room;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The files of one room: uploaded by somebody, then sent once with a chat message, then fetched by whoever has the URL,
 * until the room ends. Those that were sent outlive the process, as the message does that carries them. Has a lock of
 * its own, under which nothing waits; it may be taken with the room's lock held.
 */
final class RoomFiles {
    private static final int AT_ONCE = 2;
    private static final int FILES = 500;
    private static final int ID_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[\\w-]{22}");
    private static final int CHUNK = 16 * 1024;
    private static final Duration UNSENT = Duration.ofMinutes(5);

    private static final class Entry {
        private final StoredFile file;
        private final String owner;
        private final long at;
        private boolean sent;

        Entry(StoredFile file, String owner, long at) {
            this.file = file;
            this.owner = owner;
            this.at = at;
        }
    }

    private final String roomId;
    private final FileSpace space;
    private final LongSupplier clock;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Integer> uploading = new HashMap<>();
    private long used;
    private boolean closed;

    RoomFiles(String roomId, FileSpace space, SecureRandom random, LongSupplier clock) {
        this.roomId = roomId;
        this.space = space;
        this.random = random;
        this.clock = clock;
    }

    /** Whose token it is, compared in a time that does not depend on how much is right. */
    Optional<Participant> uploader(Room room, String participantId, String token) {
        return room.locked(() -> room.seats().taken().stream()
                .filter(participant -> participant.id().equals(participantId))
                .filter(participant -> MessageDigest.isEqual(
                        participant.filesToken().getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8)))
                .findFirst());
    }

    /**
     * Takes a file in, as fast as it comes. Throws {@link RoomException} {@code file/too-large}, {@code limit/reached},
     * {@code file/not-allowed}; what came is then deleted.
     */
    StoredFile receive(Participant owner, String name, String type, InputStream body) throws IOException {
        if (space.limit() == 0) {
            throw RoomException.fileNotAllowed();
        }
        begin(owner);
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var path = space.place(id);
        long size = 0;
        boolean kept = false;
        try (var out = new DiskOutput(path)) {
            var chunk = new byte[CHUNK];
            for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
                if (size + n > space.limit()) {
                    throw RoomException.fileTooLarge(space.limit());
                }
                take(n);
                size += n;
                out.write(chunk, 0, n);
            }
            var file = new StoredFile(id, name, type, size, path);
            keep(owner, file);
            kept = true;
            return file;
        } finally {
            end(owner);
            if (!kept) {
                giveBack(size);
                space.delete(path);
            }
        }
    }

    private void begin(Participant owner) {
        lock.lock();
        try {
            if (closed || owner.isGone()) {
                throw RoomException.fileNotAllowed();
            }
            int running = uploading.getOrDefault(owner.id(), 0);
            if (running >= AT_ONCE || entries.size() + uploading.size() >= FILES) {
                throw RoomException.limit("Too many files at once: wait until the others are through.");
            }
            uploading.put(owner.id(), running + 1);
        } finally {
            lock.unlock();
        }
    }

    private void end(Participant owner) {
        lock.lock();
        try {
            uploading.computeIfPresent(owner.id(), (id, running) -> running == 1 ? null : running - 1);
        } finally {
            lock.unlock();
        }
    }

    private void take(long bytes) {
        lock.lock();
        try {
            if (closed) {
                throw RoomException.fileNotAllowed();
            }
            if (used + bytes > space.roomLimit() || !space.take(bytes)) {
                throw RoomException.limit("There is no space left for files.");
            }
            used += bytes;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            space.giveBack(bytes);
        } finally {
            lock.unlock();
        }
    }

    private void keep(Participant owner, StoredFile file) {
        lock.lock();
        try {
            if (closed) {
                throw RoomException.fileNotAllowed();
            }
            entries.put(file.id(), new Entry(file, owner.id(), clock.getAsLong()));
        } finally {
            lock.unlock();
        }
    }

    /** For the one message that carries it. Throws {@link RoomException} {@code not-found}. */
    ChatFile claim(Participant owner, String fileId) {
        lock.lock();
        try {
            var entry = entries.get(fileId);
            if (entry == null || entry.sent || !entry.owner.equals(owner.id())) {
                throw RoomException.notFound("file of yours");
            }
            entry.sent = true;
            var file = entry.file;
            return new ChatFile(file.id(), file.name(), file.size(), file.type(),
                    "/files/" + roomId + "/" + file.id());
        } finally {
            lock.unlock();
        }
    }

    /** The message that was to carry it could not be kept. */
    void giveBackClaim(String fileId) {
        lock.lock();
        try {
            Optional.ofNullable(entries.get(fileId)).ifPresent(entry -> entry.sent = false);
        } finally {
            lock.unlock();
        }
    }

    /** Takes in what was sent before a restart, if it is still there as it was. */
    void restore(ChatFile file) {
        var path = ID.matcher(file.id()).matches() ? Optional.of(space.place(file.id())) : Optional.<Path>empty();
        if (path.filter(there -> space.has(there, file.size())).isEmpty()) {
            return;
        }
        lock.lock();
        try {
            var stored = new StoredFile(file.id(), file.name(), file.type(), file.size(), path.get());
            var entry = new Entry(stored, "", clock.getAsLong());
            entry.sent = true;
            if (entries.put(file.id(), entry) == null) {
                used += file.size();
                space.takeBack(file.size());
            }
        } finally {
            lock.unlock();
        }
    }

    /** All that there are now: a copy. */
    Set<String> ids() {
        lock.lock();
        try {
            return Set.copyOf(entries.keySet());
        } finally {
            lock.unlock();
        }
    }

    Optional<StoredFile> sent(String fileId) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(fileId)).filter(entry -> entry.sent).map(entry -> entry.file);
        } finally {
            lock.unlock();
        }
    }

    /** Deletes what was uploaded a while ago and never sent. */
    void sweep(long now) {
        lock.lock();
        try {
            entries.values().removeIf(entry -> {
                boolean stale = !entry.sent && now - entry.at >= UNSENT.toNanos();
                if (stale) {
                    drop(entry);
                }
                return stale;
            });
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more, and keeps for the next process what was sent. */
    void suspend() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes everything; what is being uploaded is refused. */
    void close() {
        lock.lock();
        try {
            closed = true;
            entries.values().forEach(this::drop);
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    private void drop(Entry entry) {
        used -= entry.file.size();
        space.giveBack(entry.file.size());
        space.delete(entry.file.path());
    }
}
