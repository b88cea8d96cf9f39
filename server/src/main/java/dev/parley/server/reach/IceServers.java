package dev.parley.server.reach;

import dev.parley.server.config.IceUrl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which STUN and TURN servers clients are told of, each client with credentials of its own. Thread-safe. */
public final class IceServers {
    private final List<IceUrl> urls;
    private final Optional<TurnSecret> secret;
    private final Duration lifetime;
    private final InstantSource clock;

    /**
     * The servers of these URLs.
     *
     * @param secret shared with those that relay
     * @param lifetime how long credentials are good
     * @param clock the wall clock, by which TURN servers let them end
     */
    public IceServers(List<IceUrl> urls, Optional<TurnSecret> secret, Duration lifetime, InstantSource clock) {
        this.urls = List.copyOf(urls);
        this.secret = secret;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** None: the server is reached directly, or not. */
    public static IceServers none() {
        return new IceServers(List.of(), Optional.empty(), Duration.ofHours(1), InstantSource.system());
    }

    /** For a user, with credentials that are good for the whole lifetime from now. */
    public List<IceServer> forUser(String user) {
        return forUser(user, lifetime);
    }

    /** For a user who needs them for at most so long. */
    public List<IceServer> forUser(String user, Duration needed) {
        var servers = new ArrayList<IceServer>();
        var plain = texts(false);
        if (!plain.isEmpty()) {
            servers.add(new IceServer(plain, Optional.empty(), Optional.empty()));
        }
        if (renews()) {
            var shorter = needed.compareTo(lifetime) < 0 ? needed : lifetime;
            var credential = TurnCredential.of(secret.orElseThrow(), user, clock.instant().plus(shorter));
            servers.add(new IceServer(
                    texts(true), Optional.of(credential.username()), Optional.of(credential.password())));
        }
        return servers;
    }

    /** Whether credentials are given out, which end. */
    public boolean renews() {
        return secret.isPresent() && urls.stream().anyMatch(IceUrl::relays);
    }

    /** How long after they were given out credentials are to be replaced: long before they end. */
    public Duration renewAfter() {
        return lifetime.dividedBy(2);
    }

    private List<String> texts(boolean relaying) {
        return urls.stream().filter(url -> url.relays() == relaying).map(IceUrl::text).toList();
    }
}
