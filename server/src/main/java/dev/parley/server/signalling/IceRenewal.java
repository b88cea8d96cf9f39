package dev.parley.server.signalling;

import dev.parley.server.reach.IceServers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ArrayNode;

/** Gives TURN credentials to participants, and new ones to those who stay longer than these are good. Thread-safe. */
final class IceRenewal {
    private static final int LOOKS = 4; // in the time after which credentials are replaced

    private final IceServers servers;
    private final LongSupplier nanoTime;
    private final long renewAfter;
    private final Map<Connection, Long> givenAt = new ConcurrentHashMap<>();

    IceRenewal(IceServers servers, LongSupplier nanoTime, ScheduledExecutorService timers) {
        this.servers = servers;
        this.nanoTime = nanoTime;
        this.renewAfter = servers.renewAfter().toNanos();
        if (servers.renews()) {
            long period = Math.max(Duration.ofMillis(100).toNanos(), renewAfter / LOOKS);
            timers.scheduleWithFixedDelay(
                    () -> Thread.startVirtualThread(this::renew), period, period, TimeUnit.NANOSECONDS);
        }
    }

    /** The servers for the participant whose connection this is; renewed from now on. */
    ArrayNode give(Connection connection) {
        if (servers.renews()) {
            givenAt.put(connection, nanoTime.getAsLong());
        }
        return Json.MAPPER.valueToTree(servers.forUser(connection.self().id()));
    }

    /** Tells somebody who has come back over a new connection, and whose old credentials may have ended meanwhile. */
    void tell(Connection connection) {
        if (servers.renews()) {
            var body = Json.object();
            body.set("iceServers", give(connection));
            connection.tell("iceServers", body);
        }
    }

    void forget(Connection connection) {
        givenAt.remove(connection);
    }

    private void renew() {
        long now = nanoTime.getAsLong();
        givenAt.forEach((connection, given) -> {
            if (connection.participant().isEmpty()) {
                givenAt.remove(connection);
            } else if (now - given >= renewAfter) {
                tell(connection);
            }
        });
    }
}
