package dev.parley.server.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix domain socket in the data folder by which the operator's programs on the same machine ask the server. Who
 * may use it is decided by the file's permissions: its owner alone. So it needs no password, and no port of its own.
 */
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final String NAME = "admin.sock";

    private final Path path;
    private final Optional<AdminListener> listener;

    private AdminSocket(Path path, Optional<AdminListener> listener) {
        this.path = path;
        this.listener = listener;
    }

    /** Where it is in a data folder. */
    public static Path in(Path dataDirectory) {
        return dataDirectory.resolve(NAME);
    }

    /** Opens it. A server that cannot have one says so in the log and does without. */
    static AdminSocket open(Path dataDirectory, Reporter reporter, ScheduledExecutorService timers) {
        var path = in(dataDirectory);
        try {
            Files.createDirectories(dataDirectory);
            if (isAnswered(path)) {
                LOG.warn("Another server uses the data folder {}: ./run top will show that one, not this", dataDirectory);
                return new AdminSocket(path, Optional.empty());
            }
            Files.deleteIfExists(path); // of a server that was killed
            var listener = AdminListener.start(UnixDomainSocketAddress.of(path), AdminPages.all(reporter), timers);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            return new AdminSocket(path, Optional.of(listener));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("There is no {} ({}): ./run top cannot show this server", path, e.getMessage());
            return new AdminSocket(path, Optional.empty());
        }
    }

    private static boolean isAnswered(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException | UnsupportedOperationException nobody) {
            return false;
        }
    }

    @Override
    public void close() {
        if (listener.isEmpty()) {
            return;
        }
        listener.get().close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", path, e);
        }
    }
}
