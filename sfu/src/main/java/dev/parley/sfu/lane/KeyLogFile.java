package dev.parley.sfu.lane;

import dev.parley.sfu.engine.dtls.DtlsKeyLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends the secrets of each handshake to a file in the NSS key-log format, which Wireshark and tshark read:
 *
 * <pre>
 * CLIENT_RANDOM &lt;64 hex digits&gt; &lt;96 hex digits: the master secret&gt;
 * </pre>
 *
 * Whoever has the file can decrypt what was captured: for debugging alone. Only its owner may read it. Any thread may use
 * it; a handshake waits for the line to be written.
 */
public final class KeyLogFile implements DtlsKeyLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLogFile.class);
    private static final String OWNER_ONLY = "rw-------";

    private final Path path;
    private final FileChannel file;
    private boolean failed;

    private KeyLogFile(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens the file, or makes it, for its owner alone; what is in it stays.
     *
     * @throws IOException when it cannot be written, or cannot be closed to others
     */
    public static KeyLogFile open(Path path) throws IOException {
        var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var ownerOnly = PosixFilePermissions.fromString(OWNER_ONLY);
        var file = posix
                ? FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(ownerOnly))
                : FileChannel.open(path, options);
        if (posix) {
            // It may have been there before, open to more.
            Files.setPosixFilePermissions(path, ownerOnly);
        }
        LOG.warn(
                "DTLS SECRETS ARE WRITTEN TO {}: whoever can read that file can listen to every meeting. This is for"
                        + " debugging only; never run a real server so.",
                path.toAbsolutePath());
        return new KeyLogFile(path, file);
    }

    @Override
    public synchronized void secret(byte[] clientRandom, byte[] masterSecret) {
        var hex = HexFormat.of();
        var line = "CLIENT_RANDOM " + hex.formatHex(clientRandom) + " " + hex.formatHex(masterSecret) + "\n";
        var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("The DTLS key log {} cannot be written any more ({})", path, e.getMessage());
            }
            failed = true;
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("The DTLS key log {} was not closed properly ({})", path, e.getMessage());
        }
    }
}
