package dev.parley.server.signalling;

import dev.parley.server.reach.IceServers;
import dev.parley.server.room.AddressLimiter;
import dev.parley.server.room.RoomException;
import dev.parley.sfu.Router;
import dev.parley.sfu.RouterOptions;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.WebRtcTransport;
import dev.parley.sfu.WebRtcTransportOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Transports that only show whether a client gets through, before it joins any room: ICE and DTLS, no streams. Whoever
 * connects may have them, so there are few, for a short time.
 */
final class Probes {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
    private static final int OF_A_CONNECTION = 4;
    private static final int AT_ONCE = 200;
    private static final int A_MINUTE = 30;
    private static final Duration LIFE = Duration.ofSeconds(20);
    /** Allocating takes place in the life of a probe, and a relay outlives its credentials. */
    private static final Duration CREDENTIALS = Duration.ofMinutes(1);

    private final Router router;
    private final IceServers iceServers;
    private final ScheduledExecutorService timers;
    private final LongSupplier nanoTime;
    private final ObjectNode aboutServer;
    private final AddressLimiter rate = new AddressLimiter(A_MINUTE);
    private final Semaphore free = new Semaphore(AT_ONCE);

    /** @param aboutServer what a page that checks the connection shows of the server */
    Probes(
            Sfu sfu,
            IceServers iceServers,
            ScheduledExecutorService timers,
            LongSupplier nanoTime,
            ObjectNode aboutServer) {
        this.router = sfu.createRouter(RouterOptions.defaults());
        this.iceServers = iceServers;
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.aboutServer = aboutServer;
    }

    void handle(Connection connection, Request.OfProbe request, Answer answer) {
        switch (request) {
            case Request.OpenProbe open -> open(connection, answer);
            case Request.ConnectProbe connect -> {
                own(connection, connect.transportId()).connect(connect.dtlsParameters());
                answer.ok();
            }
            case Request.CloseProbe close -> {
                own(connection, close.transportId()).close();
                connection.probes.remove(close.transportId());
                answer.ok();
            }
        }
    }

    /** The connection is over. */
    void closeAllOf(Connection connection) {
        connection.probes.values().forEach(WebRtcTransport::close);
        connection.probes.clear();
    }

    private void open(Connection connection, Answer answer) {
        connection.probes.values().removeIf(WebRtcTransport::closed);
        if (connection.probes.size() >= OF_A_CONNECTION) {
            throw RoomException.limit("You have " + OF_A_CONNECTION + " probes already: close one of them.");
        }
        if (!rate.allows(nanoTime.getAsLong(), connection.address())) {
            LOG.info("Refused a probe from {}: too many from there", connection.address());
            throw RoomException.tooMany("Too many probes came from your address: wait a minute.");
        }
        if (!free.tryAcquire()) {
            throw RoomException.limit("The server is busy with others who check their connection: try again later.");
        }
        var transport = created();
        connection.probes.put(transport.id(), transport);
        timers.schedule(() -> Thread.startVirtualThread(transport::close), LIFE.toMillis(), TimeUnit.MILLISECONDS);
        var servers = iceServers.forUser("probe-" + UUID.randomUUID(), CREDENTIALS);
        var body = TransportJson.of(transport, Json.MAPPER.valueToTree(servers));
        body.set("server", aboutServer);
        answer.ok(body);
    }

    private WebRtcTransport created() {
        try {
            var transport =
                    router.createWebRtcTransport(WebRtcTransportOptions.defaults().withConnectTimeout(LIFE));
            transport.onEvent(event -> {
                if (event instanceof TransportEvent.Closed) {
                    free.release();
                }
            });
            return transport;
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private static WebRtcTransport own(Connection connection, String id) {
        var transport = connection.probes.get(id);
        if (transport == null || transport.closed()) {
            throw RoomException.notFound("probe");
        }
        return transport;
    }
}
