package dev.parley.server.admin;

import java.util.List;
import java.util.Optional;

/**
 * How clients get to the server.
 *
 * @param port TCP port of pages and signalling
 * @param mediaPort port of media
 * @param announcedAddresses where clients are told to send media to, preferred first
 * @param coturn the TURN server that this server started
 */
public record ReachStats(int port, int mediaPort, List<String> announcedAddresses, Optional<CoturnStats> coturn) {
    /**
     * A coturn that is looked after.
     *
     * @param up whether it answers
     * @param restarts how often it had to be begun again
     */
    public record CoturnStats(boolean up, int restarts) {}
}
