package dev.parley.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How clients get to the media port from any network.
 *
 * @param turnUrls STUN and TURN servers that clients are told of
 * @param turnSecretFile what credentials for them are made with; present when any URL relays
 * @param turnLifetime how long such credentials are good
 * @param stunServer who is asked for this machine's public address; empty = nobody
 * @param cloudMetadata whether the cloud's metadata service is asked for public addresses
 * @param coturn the TURN server of our own
 */
public record ReachConfig(
        List<IceUrl> turnUrls,
        Optional<Path> turnSecretFile,
        Duration turnLifetime,
        Optional<HostPort> stunServer,
        boolean cloudMetadata,
        CoturnConfig coturn) {
    /** Takes a copy of the list. */
    public ReachConfig {
        turnUrls = List.copyOf(turnUrls);
    }

    /**
     * The TURN server of our own.
     *
     * @param run whether the server starts it and looks after it
     * @param port UDP and TCP port
     * @param tlsPort TCP port of TURN over TLS; empty = none
     * @param firstRelayPort first UDP port to relay from
     * @param lastRelayPort last UDP port to relay from
     */
    public record CoturnConfig(
            boolean run, int port, Optional<Integer> tlsPort, int firstRelayPort, int lastRelayPort) {}
}
