package dev.parley.server;

import dev.parley.server.admin.Admin;
import dev.parley.server.admin.ReachStats;
import dev.parley.server.admin.Reporter;
import dev.parley.server.config.ConfigException;
import dev.parley.server.config.ServerConfig;
import dev.parley.server.coturn.Coturn;
import dev.parley.server.coturn.CoturnPlan;
import dev.parley.server.http.HttpsServer;
import dev.parley.server.http.RoomFileHandler;
import dev.parley.server.reach.AnnouncedAddresses;
import dev.parley.server.reach.IceServers;
import dev.parley.server.reach.TurnSecret;
import dev.parley.server.reach.metadata.CloudMetadata;
import dev.parley.server.room.FileSpace;
import dev.parley.server.room.Grace;
import dev.parley.server.room.RoomArchive;
import dev.parley.server.room.RoomContext;
import dev.parley.server.room.RoomRegistry;
import dev.parley.server.signalling.Signalling;
import dev.parley.sfu.Sfu;
import dev.parley.sfu.SfuConfig;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.SfuLimits;
import dev.parley.socketio.SocketIoServer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: media, rooms, signalling and HTTPS. */
public final class Parley implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parley.class);
    private static final int MAX_MESSAGE_BYTES = 128 * 1024;
    private static final double EVENTS_PER_SECOND = 50;
    private static final int EVENT_BURST = 300;

    private final ServerConfig config;
    private final ScheduledExecutorService timers;
    private final Sfu sfu;
    private final RoomRegistry rooms;
    private final Signalling signalling;
    private final SocketIoServer io;
    private volatile Optional<Coturn> coturn = Optional.empty();
    private final HttpsServer https;
    private final Admin admin;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Parley(ServerConfig config, ScheduledExecutorService timers, Sfu sfu) {
        this.config = config;
        this.timers = timers;
        this.sfu = sfu;
        var random = new SecureRandom();
        this.rooms = new RoomRegistry(
                sfu,
                new RoomContext(
                        config.limits(),
                        new Grace(config.grace(), config.reloadGrace(), config.restartGrace()),
                        new RoomArchive(config.dataDirectory().resolve("rooms"), InstantSource.system(), timers),
                        new FileSpace(config.dataDirectory().resolve("files"), config.fileLimit()),
                        config.emptyRoom(),
                        random,
                        System::nanoTime,
                        InstantSource.system(),
                        timers));
        this.io = SocketIoServer.builder()
                .maxPayload(MAX_MESSAGE_BYTES)
                .eventRate(EVENTS_PER_SECOND, EVENT_BURST)
                .recoveryWindow(Duration.ZERO) // the `resume` request does more: it also survives a page's engine
                .allowOrigin(this::isOurOrigin)
                .build();
        var plan = coturnPlan();
        this.signalling = new Signalling(config, rooms, sfu, iceServers(plan), timers, this::url);
        signalling.serve(io.namespace("/"));
        this.https = new HttpsServer(config, io, new RoomFileHandler(rooms, this::isOurOrigin), this::coturnUp, random, timers);
        this.admin = openAdmin();
        this.coturn = plan.map(own -> Coturn.start(own, ownSecret(), timers));
    }

    /** Starts everything, or throws {@link ConfigException} with a sentence that names cause and cure. */
    public static Parley start(ServerConfig given) {
        var config = withFoundAddresses(given);
        var timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("timers").factory());
        Sfu sfu;
        try {
            sfu = Sfu.start(media(config));
            LOG.info("Media path: {}; {}", sfu.hotPath(), sfu.lanes() == 1 ? "1 lane" : sfu.lanes() + " lanes");
            LOG.info("Ciphers: {}", sfu.ciphers());
        } catch (SfuException e) {
            timers.shutdownNow();
            throw new ConfigException(mediaRefused(config, e));
        }
        try {
            return new Parley(config, timers, sfu);
        } catch (RuntimeException e) {
            sfu.close();
            timers.shutdownNow();
            throw e;
        }
    }

    /** The library speaks of methods, people give options. */
    private static String mediaRefused(ServerConfig config, SfuException e) {
        return switch (e.code()) {
            case "port-in-use" -> "UDP port " + config.mediaPort()
                    + " is in use: stop the program that has it, or give another port by --media-port.";
            case "tcp-port-in-use" -> "TCP port " + config.mediaPort() + ", for media where UDP does not get through, is in"
                    + " use: stop the program that has it, give another port by --media-port, or do without by"
                    + " --no-ice-tcp.";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** What was not configured and is no address of the machine: in clouds and behind NAT. */
    private static ServerConfig withFoundAddresses(ServerConfig config) {
        var machine = Sfu.machineAddresses(config.listenAddresses());
        var announced = new AnnouncedAddresses(config, machine, new CloudMetadata()).announce();
        return announced.equals(machine) ? config : config.withAnnouncedAddresses(announced);
    }

    /** How the SFU of a server with these settings is started. */
    public static SfuConfig media(ServerConfig config) {
        var defaults = SfuConfig.defaults();
        int perParticipant = config.limits().producers();
        var limits = defaults.limits();
        return config.dtlsKeyLog()
                .map(defaults::withDtlsKeyLog)
                .orElse(defaults)
                .withMediaPort(config.mediaPort())
                .withIceTcp(config.iceTcp())
                .withHotPath(config.hotPath())
                .withLanes(config.lanes())
                .withListenAddresses(config.listenAddresses())
                .withAnnouncedAddresses(config.announcedAddresses())
                .withLimits(new SfuLimits(
                        limits.transports(),
                        limits.halfOpenHandshakes(),
                        perParticipant,
                        limits.consumersPerTransport()));
    }

    /** The operator's TURN servers, or the coturn of our own. */
    private IceServers iceServers(Optional<CoturnPlan> own) {
        var reach = config.reach();
        var secret = own.isPresent() ? Optional.of(ownSecret()) : reach.turnSecretFile().map(TurnSecret::read);
        return new IceServers(
                own.map(CoturnPlan::urls).orElse(reach.turnUrls()), secret, reach.turnLifetime(), InstantSource.system());
    }

    private TurnSecret ownSecret() {
        return config.reach().turnSecretFile().map(TurnSecret::read)
                .orElseGet(() -> TurnSecret.readOrMake(CoturnPlan.secretFile(config)));
    }

    private Optional<CoturnPlan> coturnPlan() {
        if (!config.reach().coturn().run()) {
            return Optional.empty();
        }
        Coturn.checkInstalled();
        return Optional.of(CoturnPlan.of(
                config, sfu.announcedAddresses(), Sfu.machineAddresses(config.listenAddresses())));
    }

    /** What people open; ends with a slash. */
    public String url() {
        return config.publicUrl()
                .map(URI::toString)
                .orElseGet(() -> "https://localhost" + (https.port() == 443 ? "" : ":" + https.port()) + "/");
    }

    /** The TCP port of HTTPS in use. */
    public int port() {
        return https.port();
    }

    /** The UDP port of media in use, which is the TCP port of media too unless that is off. */
    public int mediaPort() {
        return sfu.mediaPort();
    }

    /** The addresses that clients are told to send media to. */
    public List<String> announcedAddresses() {
        return sfu.announcedAddresses();
    }

    /** HTTPS itself: its certificate. */
    public HttpsServer https() {
        return https;
    }

    private Admin openAdmin() {
        try {
            return Admin.open(config, new Reporter(Version.TEXT, sfu, rooms, io::connections, this::reach), timers);
        } catch (ConfigException e) {
            https.close();
            throw e;
        }
    }

    /** The TURN server of our own, if there is one. */
    public Optional<Coturn> coturn() {
        return coturn;
    }

    private Optional<Boolean> coturnUp() {
        return coturn.map(Coturn::up);
    }

    private ReachStats reach() {
        return new ReachStats(
                https.port(),
                sfu.mediaPort(),
                sfu.announcedAddresses(),
                coturn.map(own -> new ReachStats.CoturnStats(own.up(), own.restarts())));
    }

    /** How the operator looks in. */
    public Admin admin() {
        return admin;
    }

    /** Transports at the moment, those of probes among them. */
    public int transports() {
        return sfu.stats().transports();
    }

    /** Rooms at the moment. */
    public int rooms() {
        return rooms.size();
    }

    private boolean isOurOrigin(String origin) {
        var publicOrigin = url().substring(0, url().length() - 1);
        return origin.equalsIgnoreCase(publicOrigin)
                || config.allowedOrigins().stream().anyMatch(origin::equalsIgnoreCase);
    }

    /** Tells everybody, and ends everything. Closing twice is harmless. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.info("Stopping");
        https.drain();
        signalling.drain();
        rooms.close();
        io.close();
        https.close();
        admin.close();
        coturn.ifPresent(Coturn::close);
        sfu.close();
        timers.shutdownNow();
        LOG.info("Stopped");
    }
}
