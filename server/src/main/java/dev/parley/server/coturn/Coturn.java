package dev.parley.server.coturn;

import dev.parley.server.config.ConfigException;
import dev.parley.server.reach.TurnCredential;
import dev.parley.server.reach.TurnSecret;
import dev.parley.server.stun.StunQuery;
import dev.parley.server.stun.TurnClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A coturn that this server started: begun again when it ends or no longer answers, ended with the server, and found
 * and ended by the next server when this one was killed. Meetings go on without it; only those who need a relay do not
 * get in.
 */
public final class Coturn implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coturn.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONG_LIFE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int SILENT_LOOKS = 10;
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofMillis(1_500);
    private static final Duration AGAIN = Duration.ofMillis(50);
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    private final List<String> command;
    private final CoturnPlan plan;
    private final TurnSecret secret;
    private final Thread keeper;
    private final ScheduledFuture<?> looking;
    private final AtomicInteger restarts = new AtomicInteger();
    private final CertificateMark certificate;
    private int silent;
    private volatile @Nullable Process process;
    private volatile boolean answers;
    private volatile boolean closed;

    private Coturn(List<String> command, CoturnPlan plan, TurnSecret secret, ScheduledExecutorService timers) {
        this.command = command;
        this.plan = plan;
        this.secret = secret;
        this.certificate = new CertificateMark(plan.certificate());
        // A platform thread that lives as long as coturn: the kernel ends coturn when the thread that began it is gone.
        this.keeper = Thread.ofPlatform().daemon().name("coturn").start(this::keep);
        this.looking = timers.scheduleWithFixedDelay(
                () -> Thread.startVirtualThread(this::look), 200, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes its configuration and starts it. Throws {@link ConfigException} when it is not installed. */
    public static Coturn start(CoturnPlan plan, TurnSecret secret, ScheduledExecutorService timers) {
        var configuration = CoturnFiles.write(plan, secret);
        var program = checkInstalled();
        OldCoturn.end(plan.folder().resolve("turnserver.pid"), configuration);
        var command = new ArrayList<String>();
        onPath("setpriv").ifPresent(setpriv -> command.addAll(List.of(setpriv.toString(), "--pdeathsig", "TERM")));
        command.addAll(List.of(program.toString(), "-c", configuration.toString()));
        return new Coturn(command, plan, secret, timers);
    }

    /** Where coturn is. Throws {@link ConfigException} when it is not installed. */
    public static Path checkInstalled() {
        return onPath("turnserver").orElseThrow(() -> new ConfigException("--with-coturn needs coturn, which is not"
                + " installed: \"apt-get install coturn\" (or your system's package coturn), or name another TURN server by"
                + " --turn-url."));
    }

    /** Whether it runs and answers. */
    public boolean up() {
        return answers;
    }

    /** How often it had to be begun again. */
    public int restarts() {
        return restarts.get();
    }

    /** Its process, while there is one. */
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).map(Process::toHandle).filter(ProcessHandle::isAlive);
    }

    private void keep() {
        var pause = FIRST_PAUSE;
        while (!closed) {
            long begun = System.nanoTime();
            var end = runOnce();
            answers = false;
            if (closed) {
                return;
            }
            if (System.nanoTime() - begun > LONG_LIFE.toNanos()) {
                pause = FIRST_PAUSE;
            }
            restarts.incrementAndGet();
            LOG.warn("coturn ended ({}); it is started again in {} ms", end, pause.toMillis());
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Runs it until it ends; how that was, in words. */
    private String runOnce() {
        try {
            var begun = new ProcessBuilder(command)
                    .directory(plan.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            process = begun;
            if (closed) {
                begun.destroy();
            }
            LOG.info("coturn runs (process {}) on port {}; it relays to {} alone", begun.pid(), plan.ports().port(),
                    String.join(", ", plan.peers()));
            var last = log(begun.inputReader());
            return "status " + begun.waitFor() + last.map(line -> ", after \"" + line + "\"").orElse("");
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /**
     * Logs what it says, complaints as warnings once it has answered; the last complaint, which is said again if it
     * ends.
     */
    private Optional<String> log(BufferedReader lines) throws IOException {
        var complaint = Optional.<String>empty();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var text = line.replaceAll("[^ -~]", "?").replaceFirst("^[0-9]+: *(\\([0-9]+\\))?: *", "");
            if (text.startsWith("ERROR") || text.contains("annot bind") || text.startsWith("FATAL")) {
                complaint = Optional.of(text);
                LOG.atLevel(answers ? Level.WARN : Level.INFO).log("coturn: {}", text);
            } else {
                LOG.debug("coturn: {}", text);
            }
        }
        return complaint;
    }

    /** Asks it whether it is there; ends one that runs and does not answer, so that it is begun again. */
    private synchronized void look() {
        var now = process;
        if (closed || now == null || !now.isAlive()) {
            answers = false;
            silent = 0;
            return;
        }
        try {
            var server = new InetSocketAddress(InetAddress.ofLiteral(plan.relay()), plan.ports().port());
            if (answers) {
                StunQuery.ask(server, ANSWER);
            } else {
                logIn(server);
                LOG.info("coturn answers, and gives relays");
                answers = true;
            }
            silent = 0;
        } catch (IOException e) {
            answers = false;
            if (++silent >= SILENT_LOOKS) {
                LOG.warn("coturn does not answer ({}): it is ended", e.getMessage());
                silent = 0;
                now.destroyForcibly();
            }
        }
        if (certificate.changed()) {
            reloadCertificate(now);
        }
    }

    /**
     * Gets a relay and gives it back, as soon as that works. The first login makes coturn create its database, and of
     * several at the same time it refuses all but one ("database is locked"): it is better that the first one is ours
     * than a person's.
     */
    private void logIn(InetSocketAddress server) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            var credential = TurnCredential.of(secret, "parley", Instant.now().plus(GOOD_FOR));
            try (var client = TurnClient.udp(server, credential.username(), credential.password(), ANSWER)) {
                client.allocate();
                return;
            } catch (IOException notYet) {
                if (closed || System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
    }

    /** coturn reads its certificate again on SIGUSR2. */
    private static void reloadCertificate(Process running) {
        try {
            new ProcessBuilder("kill", "-USR2", Long.toString(running.pid())).start();
            LOG.info("coturn was told of the new certificate");
        } catch (IOException e) {
            LOG.warn("coturn could not be told of the new certificate: {}", e.getMessage());
        }
    }

    private static Optional<Path> onPath(String program) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/bin:/usr/sbin:/usr/local/bin:/opt/homebrew/bin";
        for (var folder : path.split(":")) {
            var file = Path.of(folder, program);
            if (!folder.isEmpty() && Files.isExecutable(file) && Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Ends it, and waits for that. */
    @Override
    public void close() {
        closed = true;
        answers = false;
        looking.cancel(false);
        var last = process;
        try {
            if (last != null) {
                last.destroy();
                if (!last.waitFor(3, TimeUnit.SECONDS)) {
                    last.destroyForcibly().waitFor(3, TimeUnit.SECONDS);
                }
            }
            keeper.interrupt();
            keeper.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
