package dev.parley.server.room;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which the files of all rooms lie, and how much may be in it. Thread-safe. */
public final class FileSpace {
    private static final Logger LOG = LoggerFactory.getLogger(FileSpace.class);
    /** Files of the greatest size that fit into one room, and into the server. */
    private static final int ROOM = 20;

    private static final int SERVER = 200;

    private final Path folder;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** The folder is made when it is not there. {@code limit}: bytes of one file at most; 0 = no files. */
    public FileSpace(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
    }

    /** Bytes of one file at most; 0: no files may be sent. */
    public long limit() {
        return limit;
    }

    long roomLimit() {
        return limit * ROOM;
    }

    /** Takes so many bytes if there are so many. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= limit * SERVER) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Counts what is there already, even if it is more than there may be now. */
    void takeBack(long bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    Path place(String fileId) {
        return folder.resolve(fileId);
    }

    /** Whether the file is there, and as long as it should be. */
    boolean has(Path file, long size) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == size;
        } catch (IOException e) {
            return false;
        }
    }

    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", file, e);
        }
    }

    /** Deletes what no room knows: uploads that were never sent, files of rooms that are over. */
    void keepOnly(Set<String> known) {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (!known.contains(String.valueOf(file.getFileName()))) {
                    delete(file);
                }
            }
        } catch (IOException e) {
            LOG.warn("The files in {} cannot be deleted", folder, e);
        }
    }
}
