package dev.parley.server.config;

import dev.parley.sfu.HotPath;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The checked settings.
 *
 * @param port TCP port of HTTPS; 0 = any free one
 * @param host literal IP address to listen on, HTTPS and media; empty = all
 * @param mediaPort UDP and TCP port of media; 0 = any free one
 * @param iceTcp whether media may also come over TCP
 * @param announcedAddresses literal IP addresses that clients are told to send media to
 * @param reach how clients get to the media port from any network
 * @param publicUrl what people open: https, a host, perhaps a port, no path
 * @param certificate PEM files; empty = a self-signed certificate in the data folder
 * @param dataDirectory what the server keeps
 * @param webDirectory the built web app
 * @param hotPath what encrypts and carries media
 * @param lanes threads that carry media; 0 = one a core
 * @param dtlsKeyLog a file that DTLS secrets are appended to, for debugging only; empty = none
 * @param logLevel error, warn, info, debug or trace
 * @param metricsAddress where Prometheus may fetch metrics, over plain HTTP; empty = nowhere
 * @param allowedHosts further host names that requests may carry, lower-case
 * @param allowedOrigins further origins whose pages may use signalling
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param limits upper bounds
 * @param grace how long a lost participant may come back
 * @param reloadGrace how long a page that went away may come back
 * @param restartGrace how long after the start participants of before may come back
 * @param fileLimit bytes of a file in the chat; 0 = no files
 * @param emptyRoom how long an empty room is kept
 */
public record ServerConfig(
        int port,
        Optional<String> host,
        int mediaPort,
        boolean iceTcp,
        List<String> announcedAddresses,
        ReachConfig reach,
        Optional<URI> publicUrl,
        Optional<CertificateFiles> certificate,
        Path dataDirectory,
        Path webDirectory,
        HotPath hotPath,
        int lanes,
        Optional<Path> dtlsKeyLog,
        String logLevel,
        Optional<InetSocketAddress> metricsAddress,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        List<AddressRange> trustedProxies,
        Limits limits,
        Duration grace,
        Duration reloadGrace,
        Duration restartGrace,
        long fileLimit,
        Duration emptyRoom) {
    /** Takes copies of the lists. */
    public ServerConfig {
        announcedAddresses = List.copyOf(announcedAddresses);
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Literal IP addresses to listen on. */
    public List<String> listenAddresses() {
        return host.map(List::of).orElse(List.of("0.0.0.0", "::"));
    }

    /** The same with other addresses to announce. */
    public ServerConfig withAnnouncedAddresses(List<String> addresses) {
        return new ServerConfig(
                port,
                host,
                mediaPort,
                iceTcp,
                addresses,
                reach,
                publicUrl,
                certificate,
                dataDirectory,
                webDirectory,
                hotPath,
                lanes,
                dtlsKeyLog,
                logLevel,
                metricsAddress,
                allowedHosts,
                allowedOrigins,
                trustedProxies,
                limits,
                grace,
                reloadGrace,
                restartGrace,
                fileLimit,
                emptyRoom);
    }
}
