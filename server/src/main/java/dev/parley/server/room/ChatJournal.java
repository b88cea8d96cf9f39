package dev.parley.server.room;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chat of one room on disk, a line of JSON for each message. What {@link #append} has taken is in the hands of the
 * operating system and so outlives the process; {@link RoomArchive} has it reach the disk a second later. Not
 * thread-safe: its room's lock guards it, except {@link #sync}.
 */
final class ChatJournal {
    private static final Logger LOG = LoggerFactory.getLogger(ChatJournal.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final int longest;
    private final Consumer<ChatJournal> written;
    /** Bytes of whole lines; what is behind them was torn off by a crash or by a full disk. */
    private long length;

    private int lines;
    private boolean failing;

    /**
     * The journal in that file, which need not exist yet.
     *
     * @param longest lines after which it is to be {@link #rewrite written anew}
     * @param written told after every change that is not on the disk itself yet
     */
    ChatJournal(Path file, int longest, Consumer<ChatJournal> written) {
        this.file = file;
        this.longest = longest;
        this.written = written;
    }

    /**
     * What was kept, oldest first. Lines that cannot be read are left out; a whole file that cannot be is put aside, so
     * that the next message does not end it.
     */
    List<ChatMessage> read() {
        var messages = new ArrayList<ChatMessage>();
        byte[] bytes;
        try {
            bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            LOG.warn("The chat in {} cannot be read, the room begins without it; it is kept in {}", file, putAside(), e);
            return messages;
        }
        int start = 0;
        int bad = 0;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                var message = parse(new String(bytes, start, end - start, StandardCharsets.UTF_8))
                        .filter(next -> messages.isEmpty() || next.seq() > messages.getLast().seq());
                message.ifPresent(messages::add);
                bad += message.isEmpty() ? 1 : 0;
                lines++;
                start = end + 1;
            }
        }
        length = start;
        if (bad > 0 || length < bytes.length) {
            LOG.warn("{}: {} lines cannot be read, {} bytes at the end were torn off", file, bad, bytes.length - length);
        }
        return messages;
    }

    private Path putAside() {
        var aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be renamed: the next message takes its place", file, e);
            return file;
        }
    }

    private static Optional<ChatMessage> parse(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, ChatMessage.class)).filter(ChatMessage::isWhole);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Keeps a message. Throws {@link RoomException} {@code server/storage}; then nothing of it is kept. */
    void append(ChatMessage message) {
        try {
            var line = line(message);
            int bytes = line.remaining();
            try (var channel = open(file)) {
                channel.truncate(length);
                write(channel, line, length);
            }
            length += bytes;
            lines++;
            written.accept(this);
            if (failing) {
                failing = false;
                LOG.info("{} can be written again", file);
            }
        } catch (IOException e) {
            if (!failing) {
                failing = true; // said once, not for each message that somebody tries to send
                LOG.error("{} cannot be written, nobody in the room can send messages: {}", file, e.toString());
            }
            throw RoomException.storage();
        }
    }

    /** Whether it has many more messages than anybody will ask for. */
    boolean isLong() {
        return lines >= longest;
    }

    /** Puts these messages in place of all. When that fails, it stays as it was. */
    void rewrite(List<ChatMessage> messages) {
        var next = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            long size = 0;
            try (var channel = open(next)) {
                channel.truncate(0);
                for (var message : messages) {
                    var line = line(message);
                    int bytes = line.remaining();
                    write(channel, line, size);
                    size += bytes;
                }
                channel.force(false);
            }
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            length = size;
            lines = messages.size();
        } catch (IOException e) {
            lines = 0; // tried again after as many messages
            LOG.warn("{} cannot be written anew and stays long: {}", file, e.toString());
        }
    }

    /** Has all of it reach the disk; on any thread. */
    void sync() throws IOException {
        if (Files.exists(file)) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(false);
            }
        }
    }

    private static ByteBuffer line(ChatMessage message) {
        return ByteBuffer.wrap((JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(FileChannel channel, ByteBuffer line, long at) throws IOException {
        long position = at;
        while (line.hasRemaining()) {
            position += channel.write(line, position);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly);
    }
}
