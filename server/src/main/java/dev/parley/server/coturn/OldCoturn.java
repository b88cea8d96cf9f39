package dev.parley.server.coturn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A coturn whose server was killed, and which still has the ports. */
final class OldCoturn {
    private static final Logger LOG = LoggerFactory.getLogger(OldCoturn.class);

    private OldCoturn() {}

    /** Ends the process of the file, if it is a coturn with this very configuration. */
    static void end(Path pidFile, Path configuration) {
        try {
            var text = Files.readString(pidFile).strip();
            if (!text.matches("[0-9]{1,9}")) {
                return;
            }
            var old = ProcessHandle.of(Long.parseLong(text)).filter(process -> isOurs(process, configuration));
            if (old.isPresent()) {
                LOG.info("Ending the coturn of a server that was killed (process {})", text);
                old.get().destroyForcibly();
                old.get().onExit().get(5, TimeUnit.SECONDS);
            }
        } catch (IOException none) {
            LOG.debug("No coturn was left over");
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("An old coturn does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The number may have gone to another program meanwhile. */
    private static boolean isOurs(ProcessHandle process, Path configuration) {
        var info = process.info();
        return info.command().filter(command -> command.endsWith("turnserver")).isPresent()
                && info.arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(configuration.toString()))
                        .isPresent();
    }
}
