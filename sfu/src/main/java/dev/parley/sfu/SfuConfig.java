package dev.parley.sfu;

import dev.parley.sfu.lane.LaneGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How an SFU listens and what it promises. All values have defaults; each {@code with…} method returns a changed copy.
 *
 * @param mediaPort the one port for all media, UDP and TCP, 1–65535, or 0 for any free one
 * @param listenAddresses literal IP addresses to bind to; default: all IPv4 and all IPv6 addresses
 * @param announcedAddresses literal IP addresses that clients are told to send to, in order of preference; when
 *     empty, the machine's own addresses. Behind NAT (or in a cloud) this must be the public address
 * @param limits upper bounds that protect the server
 * @param hotPath what encrypts and carries media
 * @param lanes threads that carry media, each with a socket of its own on the media port: 1–64, or 0 for one a core
 * @param iceTcp whether clients may also connect over TCP, on the media port's number, where UDP does not get through
 * @param dtlsKeyLog a file that the secrets of all handshakes are appended to, in the NSS key-log format. Whoever reads
 *     it can decrypt every meeting: for debugging only
 */
public record SfuConfig(
        int mediaPort,
        List<String> listenAddresses,
        List<String> announcedAddresses,
        SfuLimits limits,
        HotPath hotPath,
        int lanes,
        boolean iceTcp,
        Optional<Path> dtlsKeyLog) {
    /** The default media port. */
    public static final int DEFAULT_MEDIA_PORT = 40_000;

    /** The most lanes that there can be. */
    public static final int MAX_LANES = LaneGroup.MAX_LANES;

    /** Checks all values; throws {@link SfuException} {@code invalid-config} that names cause and cure. */
    public SfuConfig {
        if (lanes < 0 || lanes > MAX_LANES) {
            throw new SfuException(
                    "invalid-config",
                    lanes + " lanes do not work: use 1 to " + MAX_LANES + ", or 0 for one on each core.");
        }
        if (mediaPort < 0 || mediaPort > 65_535) {
            throw new SfuException(
                    "invalid-config",
                    "Media port " + mediaPort + " does not exist: use 1 to 65535, or 0 for any free port.");
        }
        listenAddresses = Addresses.checked(listenAddresses, "listen address");
        announcedAddresses = Addresses.checked(announcedAddresses, "announced address");
        if (listenAddresses.isEmpty()) {
            throw new SfuException(
                    "invalid-config", "No listen address is given: use 0.0.0.0 and :: for all addresses.");
        }
        if (announcedAddresses.size() > 50) {
            throw new SfuException(
                    "invalid-config", "More than 50 announced addresses: announce those that clients use.");
        }
        for (var announced : announcedAddresses) {
            if (Addresses.literal(announced).isAnyLocalAddress()) {
                throw new SfuException(
                        "invalid-config",
                        "Announced address " + announced + " means \"any\", no client can send to it: announce the"
                                + " address at which clients reach this machine.");
            }
        }
    }

    /** Port 40000 on all addresses; the machine's own addresses are announced. */
    public static SfuConfig defaults() {
        return new SfuConfig(
                DEFAULT_MEDIA_PORT,
                List.of("0.0.0.0", "::"),
                List.of(),
                SfuLimits.defaults(),
                HotPath.AUTO,
                0,
                true,
                Optional.empty());
    }

    /** A copy with another media port; 0 = any free one. */
    public SfuConfig withMediaPort(int port) {
        return new SfuConfig(port, listenAddresses, announcedAddresses, limits, hotPath, lanes, iceTcp, dtlsKeyLog);
    }

    /** A copy with other literal IP addresses to bind to. */
    public SfuConfig withListenAddresses(List<String> addresses) {
        return new SfuConfig(mediaPort, addresses, announcedAddresses, limits, hotPath, lanes, iceTcp, dtlsKeyLog);
    }

    /** A copy with other literal IP addresses to announce. */
    public SfuConfig withAnnouncedAddresses(List<String> addresses) {
        return new SfuConfig(mediaPort, listenAddresses, addresses, limits, hotPath, lanes, iceTcp, dtlsKeyLog);
    }

    /** A copy with other limits. */
    public SfuConfig withLimits(SfuLimits changed) {
        return new SfuConfig(
                mediaPort, listenAddresses, announcedAddresses, changed, hotPath, lanes, iceTcp, dtlsKeyLog);
    }

    /** A copy with another hot path. */
    public SfuConfig withHotPath(HotPath path) {
        return new SfuConfig(mediaPort, listenAddresses, announcedAddresses, limits, path, lanes, iceTcp, dtlsKeyLog);
    }

    /** A copy with another number of lanes; 0 = one on each core. */
    public SfuConfig withLanes(int count) {
        return new SfuConfig(
                mediaPort, listenAddresses, announcedAddresses, limits, hotPath, count, iceTcp, dtlsKeyLog);
    }

    /** A copy with or without ICE over TCP, which is on by default. */
    public SfuConfig withIceTcp(boolean on) {
        return new SfuConfig(
                mediaPort, listenAddresses, announcedAddresses, limits, hotPath, lanes, on, dtlsKeyLog);
    }

    /** A copy that writes the secrets of all handshakes to a file; for debugging only, never on a real server. */
    public SfuConfig withDtlsKeyLog(Path file) {
        return new SfuConfig(
                mediaPort, listenAddresses, announcedAddresses, limits, hotPath, lanes, iceTcp, Optional.of(file));
    }

    /** The number of lanes that this machine gets: never 0. */
    int lanesOrCores() {
        return lanes > 0 ? lanes : Math.min(MAX_LANES, Runtime.getRuntime().availableProcessors());
    }
}
