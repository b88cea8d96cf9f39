package dev.parley.server.coturn;

import dev.parley.server.config.ServerConfig;
import dev.parley.server.reach.AnnouncedAddresses;
import dev.parley.server.reach.TurnSecret;
import dev.parley.server.reach.metadata.CloudMetadata;
import dev.parley.sfu.Sfu;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code ./run coturn-config}: prints coturn's configuration for the server of these settings, or writes it to a file.
 */
public final class CoturnCommand {
    private CoturnCommand() {}

    /** Does it. Throws {@link dev.parley.server.config.ConfigException}. */
    public static void run(ServerConfig config, Optional<Path> file, PrintStream out) {
        var machine = Sfu.machineAddresses(config.listenAddresses());
        var announced = new AnnouncedAddresses(config, machine, new CloudMetadata()).announce();
        var plan = CoturnPlan.of(config, announced, machine);
        var secretFile = CoturnPlan.secretFile(config);
        var secret = config.reach().turnSecretFile().isPresent()
                ? TurnSecret.read(secretFile)
                : TurnSecret.readOrMake(secretFile);
        var text = TurnServerConf.of(plan, secret);
        if (file.isEmpty()) {
            out.print(text);
            return;
        }
        CoturnFiles.write(file.get(), text);
        CoturnFiles.makeFolder(plan);
        out.printf("Wrote %s. Start coturn:%n%n    turnserver -c %s%n%nand Parley with:%n%n    ./run --turn-secret-file=%s %s%n",
                file.get(), file.get(), secretFile, options(plan));
    }

    private static String options(CoturnPlan plan) {
        return String.join(" ", plan.urls().stream().map(url -> "--turn-url='" + url + "'").toList());
    }
}
