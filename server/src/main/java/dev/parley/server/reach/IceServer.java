package dev.parley.server.reach;

import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code RTCConfiguration.iceServers}, as clients get it.
 *
 * @param urls one server's or several servers' URLs
 * @param username for TURN
 * @param credential the password, for TURN
 */
public record IceServer(List<String> urls, Optional<String> username, Optional<String> credential) {
    /** Takes a copy of the list. */
    public IceServer {
        urls = List.copyOf(urls);
    }
}
