package dev.parley.server.coturn;

import dev.parley.server.reach.TurnCredential;
import dev.parley.server.reach.TurnSecret;
import dev.parley.server.stun.StunQuery;
import dev.parley.server.testing.Configs;
import dev.parley.server.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The installed coturn with the configuration that is written for a server on the loopback address. */
public final class RealCoturn implements AutoCloseable {
    private final Process process;
    public final CoturnPlan plan;
    final TurnSecret secret;

    private RealCoturn(Process process, CoturnPlan plan, TurnSecret secret) {
        this.process = process;
        this.plan = plan;
        this.secret = secret;
    }

    /** For a server that announces these addresses and listens on 127.0.0.1. */
    public static RealCoturn start(Path folder, Map<String, String> variables, List<String> announced) throws Exception {
        return start(folder, variables, announced, "127.0.0.1");
    }

    /** The same on another loopback address: it relays from and to that one. */
    public static RealCoturn start(
            Path folder, Map<String, String> variables, List<String> announced, String address) throws Exception {
        int port = Ports.free();
        var settings = new HashMap<String, String>(Map.of("PARLEY_TURN_PORT", Integer.toString(port)));
        settings.putAll(variables);
        var config = Configs.of(folder, settings);
        var plan = CoturnPlan.of(config, announced, List.of(address));
        var secret = TurnSecret.readOrMake(CoturnPlan.secretFile(config));
        var file = CoturnFiles.write(plan, secret);
        var log = folder.resolve("coturn.log").toFile();
        var process = new ProcessBuilder("turnserver", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        var server = new RealCoturn(process, plan, secret);
        server.awaitAnswer(log.toPath());
        return server;
    }

    private void awaitAnswer(Path log) throws IOException {
        try {
            StunQuery.ask(address(), Duration.ofSeconds(20));
        } catch (IOException e) {
            // A refused datagram ends the wait early: the port is not open yet.
            retry(log, e);
        }
    }

    private void retry(Path log, IOException first) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        var last = first;
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                TimeUnit.MILLISECONDS.sleep(50);
                StunQuery.ask(address(), Duration.ofSeconds(1));
                return;
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("coturn does not start: " + java.nio.file.Files.readString(log), last);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Where the secret is. */
    public Path secretFile() {
        return plan.folder().resolve("secret");
    }

    /** Where it is. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral(plan.relay()), plan.ports().port());
    }

    TurnCredential credential(Duration goodFor) {
        return TurnCredential.of(secret, "somebody", Instant.now().plus(goodFor));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
