package dev.parley.server.doctor;

import dev.parley.server.Parley;
import dev.parley.server.admin.AdminSocket;
import dev.parley.server.admin.StatsReport;
import dev.parley.server.config.ConfigException;
import dev.parley.server.config.ServerConfig;
import dev.parley.server.coturn.Coturn;
import dev.parley.server.coturn.CoturnPlan;
import dev.parley.server.reach.AnnouncedAddresses;
import dev.parley.server.reach.TurnSecret;
import dev.parley.server.reach.metadata.CloudMetadata;
import dev.parley.server.top.AdminClient;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What is examined: the server that runs with these settings, or, when none does, its media part (and its coturn),
 * which are started for as long as it takes.
 */
final class Subject implements AutoCloseable {
    private static final Duration COTURN_START = Duration.ofSeconds(8);

    private final ServerConfig config;
    private final Optional<StatsReport> running;
    private final Optional<Sfu> trial;
    private final Optional<SfuException> refusal;
    private final List<String> announced;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("doctor-timers").factory());
    private Optional<Coturn> coturn = Optional.empty();
    private Optional<ConfigException> noCoturn = Optional.empty();

    private Subject(
            ServerConfig config,
            Optional<StatsReport> running,
            Optional<Sfu> trial,
            Optional<SfuException> refusal,
            List<String> announced) {
        this.config = config;
        this.running = running;
        this.trial = trial;
        this.refusal = refusal;
        this.announced = announced;
    }

    static Subject of(ServerConfig config) {
        var machine = Sfu.machineAddresses(config.listenAddresses());
        var running = report(config);
        if (running.isPresent()) {
            return new Subject(config, running, Optional.empty(), Optional.empty(),
                    running.get().reach().announcedAddresses());
        }
        var announced = new AnnouncedAddresses(config, machine, new CloudMetadata()).announce();
        try {
            var sfu = Sfu.start(Parley.media(config.withAnnouncedAddresses(announced)));
            var subject = new Subject(config, running, Optional.of(sfu), Optional.empty(), announced);
            subject.tryCoturn(machine);
            return subject;
        } catch (SfuException e) {
            return new Subject(config, running, Optional.empty(), Optional.of(e), announced);
        }
    }

    private void tryCoturn(List<String> machine) {
        if (!config.reach().coturn().run()) {
            return;
        }
        try {
            Coturn.checkInstalled();
            var plan = CoturnPlan.of(config, announced, machine);
            var started = Coturn.start(plan, secret(), timers);
            coturn = Optional.of(started);
            long end = System.nanoTime() + COTURN_START.toNanos();
            while (!started.up() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
        } catch (ConfigException e) {
            noCoturn = Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<StatsReport> report(ServerConfig config) {
        try {
            return Optional.of(new AdminClient(AdminSocket.in(config.dataDirectory())).report());
        } catch (IOException | UnsupportedOperationException notRunning) {
            return Optional.empty();
        }
    }

    ServerConfig config() {
        return config;
    }

    /** The server that runs, if one does. */
    Optional<StatsReport> running() {
        return running;
    }

    /** Why media could not be started for the examination. */
    Optional<SfuException> refusal() {
        return refusal;
    }

    /** Why there is no coturn of our own, where there should be one. */
    Optional<ConfigException> noCoturn() {
        return noCoturn;
    }

    /** The port of media; empty when there is none to look at. */
    Optional<Integer> mediaPort() {
        return running.map(report -> report.reach().mediaPort()).or(() -> trial.map(Sfu::mediaPort));
    }

    /** Which hot path is active, and why. */
    Optional<String> hotPath() {
        return running.map(StatsReport::hotPath).or(() -> trial.map(Sfu::hotPath));
    }

    List<String> announced() {
        return announced;
    }

    /** The secret for TURN. Throws {@link ConfigException}. */
    TurnSecret secret() {
        return config.reach().turnSecretFile().map(TurnSecret::read)
                .orElseGet(() -> TurnSecret.readOrMake(CoturnPlan.secretFile(config)));
    }

    @Override
    public void close() {
        coturn.ifPresent(Coturn::close);
        trial.ifPresent(Sfu::close);
        timers.shutdownNow();
    }
}
