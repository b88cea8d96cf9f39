package dev.parley.server.room;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file that somebody sends. What the disk refuses is {@link RoomException} {@code server/storage}, so that it
 * is not taken for a client that went away.
 */
final class DiskOutput implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskOutput.class);

    private final OutputStream out;

    DiskOutput(Path path) {
        try {
            out = Files.newOutputStream(path);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private static RoomException refused(IOException e) {
        LOG.warn("A file that somebody sends cannot be written: {}", e.toString());
        return RoomException.storage();
    }
}
