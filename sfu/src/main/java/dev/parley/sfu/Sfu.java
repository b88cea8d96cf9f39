package dev.parley.sfu;

import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsConfig;
import dev.parley.sfu.lane.Candidates;
import dev.parley.sfu.lane.Clock;
import dev.parley.sfu.lane.KeyLogFile;
import dev.parley.sfu.lane.LaneCounts;
import dev.parley.sfu.lane.LaneSettings;
import dev.parley.sfu.lane.Lanes;
import dev.parley.sfu.lane.MediaPorts;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.startup.SmallHeap;
import dev.parley.sfu.startup.WarmUp;
import dev.parley.sfu.udp.MediaPath;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A running SFU: one port, UDP and TCP, and the threads that serve it, the lanes. Safe for use by any number of
 * threads; calls wait for the lane's answer, 5 s at most. Every call on a closed object throws {@link SfuException}
 * {@code closed}.
 */
public final class Sfu implements AutoCloseable {
    /** Listeners may block, so each object's events run on a virtual thread that ends when there are no more. */
    private static final Executor EVENTS =
            task -> Thread.ofVirtual().name("parley-events").start(task);

    private final Lanes lanes;
    private final SecureRandom random;
    private final MediaPath path;
    private final List<String> announcedAddresses;
    private final Optional<KeyLogFile> keyLog;
    private volatile boolean closed;

    private Sfu(
            Lanes lanes,
            SecureRandom random,
            MediaPath path,
            List<String> announcedAddresses,
            Optional<KeyLogFile> keyLog) {
        this.keyLog = keyLog;
        this.lanes = lanes;
        this.random = random;
        this.path = path;
        this.announcedAddresses = List.copyOf(announcedAddresses);
    }

    /**
     * Binds the media port and starts. The first SFU of a process takes up to a second more, in which it warms its hot
     * path up. Throws {@link SfuException} {@code port-in-use} when another program has the port
     * ({@code tcp-port-in-use}: the TCP port of the same number), or {@code invalid-config} when a listen address is
     * not this machine's.
     */
    public static Sfu start(SfuConfig config) {
        var random = new SecureRandom();
        var listen = config.listenAddresses().stream().map(Addresses::literal).toList();
        var path = MediaPath.choose(config.hotPath());
        var certificate = DtlsCertificate.generate(random);
        SmallHeap.keepFor(path);
        WarmUp.once(path, certificate);
        var ports = bind(path, config, listen);
        var keyLog = keyLog(config, ports);
        var announced =
                config.announcedAddresses().isEmpty() ? Candidates.ofThisMachine(listen) : config.announcedAddresses();
        var settings = new LaneSettings(
                config.iceTcp()
                        ? Candidates.withTcp(announced, ports.port())
                        : Candidates.of(announced, ports.port()),
                certificate,
                config.limits(),
                path.srtp(),
                keyLog.map(DtlsConfig.defaults()::withKeyLog).orElse(DtlsConfig.defaults()));
        var lanes = Lanes.start(ports, Clock.system(), settings);
        return new Sfu(lanes, random, path, announced, keyLog);
    }

    private static Optional<KeyLogFile> keyLog(SfuConfig config, MediaPorts ports) {
        if (config.dtlsKeyLog().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeyLogFile.open(config.dtlsKeyLog().get()));
        } catch (IOException e) {
            ports.close();
            throw new SfuException(
                    "invalid-config",
                    "The DTLS key log " + config.dtlsKeyLog().get() + " cannot be written (" + e.getMessage()
                            + "): give a file in a folder where this user may write.",
                    e);
        }
    }

    /**
     * This machine's addresses at which an SFU that listens to these is reached, preferred first: what is announced
     * when the configuration names nothing.
     */
    public static List<String> machineAddresses(List<String> listenAddresses) {
        return Candidates.ofThisMachine(listenAddresses.stream().map(Addresses::literal).toList());
    }

    private static MediaPorts bind(MediaPath path, SfuConfig config, List<InetAddress> listen) {
        try {
            return MediaPorts.bind(path, config.mediaPort(), listen, config.lanesOrCores(), config.iceTcp());
        } catch (MediaPorts.TcpPortTaken e) {
            throw new SfuException(
                    "tcp-port-in-use",
                    "TCP port " + config.mediaPort() + " cannot be had (" + e.getMessage() + "): stop the program that"
                            + " has it, choose another media port, or do without ICE over TCP.",
                    e);
        } catch (BindException e) {
            var taken = String.valueOf(e.getMessage()).contains("in use");
            throw new SfuException(
                    taken ? "port-in-use" : "invalid-config",
                    taken
                            ? "UDP port " + config.mediaPort() + " is in use: stop the other program,"
                                    + " or choose another media port."
                            : "Cannot listen on " + config.listenAddresses() + ", port " + config.mediaPort() + " ("
                                    + e.getMessage() + "): use addresses of this machine and a port that is allowed.",
                    e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new SfuException(
                    "invalid-config",
                    "Cannot listen on " + config.listenAddresses() + ", UDP port " + config.mediaPort() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** The UDP port that media uses; the chosen one when the configuration said 0. */
    public int mediaPort() {
        return lanes.port();
    }

    /** The addresses that clients are told to send to, preferred first: the configured ones, or the machine's own. */
    public List<String> announcedAddresses() {
        return announcedAddresses;
    }

    /** How many lanes there are: threads with a socket of their own, which share the port and all rooms. */
    public int lanes() {
        return lanes.size();
    }

    /** Which hot path is active and why, in words for the operator. */
    public String hotPath() {
        return path.reason();
    }

    /** What encrypts the media, and which way where there are several, in words for the operator. */
    public String ciphers() {
        return path.srtp().description();
    }

    /** Creates a router: participants whose media is forwarded among each other, such as those of one meeting. */
    public Router createRouter(RouterOptions options) {
        var codecs = options.mediaCodecs().isEmpty() ? Ortc.defaultCodecs() : options.mediaCodecs();
        var capabilities = Ortc.routerCapabilities(codecs);
        return lanes.call(
                lanes.forRouter(), (core, now) -> new Router(this, core.createRouter(capabilities), capabilities));
    }

    /** Counters of the whole SFU and of each lane; read without stopping it. */
    public SfuStats stats() {
        return SfuSums.of(
                System.currentTimeMillis(),
                lanes.core(0).group().total(LaneCounts::routers),
                lanes.stats(),
                lanes.tcpStats());
    }

    /** Whether {@link #close()} was called. */
    public boolean closed() {
        return closed;
    }

    /** Closes all routers, frees the port and ends the thread. */
    @Override
    public void close() {
        closed = true;
        lanes.close();
        keyLog.ifPresent(KeyLogFile::close);
    }

    Lanes threads() {
        return lanes;
    }

    SecureRandom random() {
        return random;
    }

    static <E> Events<E> newEvents() {
        return new Events<>(EVENTS);
    }
}
