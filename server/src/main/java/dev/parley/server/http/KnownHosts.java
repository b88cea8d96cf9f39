package dev.parley.server.http;

import dev.parley.server.config.AddressRange;
import dev.parley.server.config.ServerConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which the server may be addressed. A page of a foreign name that was made to resolve to this machine
 * (DNS rebinding) carries that name in the Host header, and is refused.
 */
final class KnownHosts {
    private final Set<String> names = new LinkedHashSet<>();

    KnownHosts(ServerConfig config) {
        names.add("localhost");
        names.add("127.0.0.1");
        names.add(normal("::1"));
        machineName(names);
        config.announcedAddresses().forEach(address -> names.add(normal(address)));
        config.publicUrl().map(URI::getHost).ifPresent(host -> names.add(normal(host)));
        config.allowedHosts().forEach(host -> names.add(normal(host)));
    }

    /** All of them, IPv6 addresses without brackets: also the subject of a self-signed certificate. */
    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Whether a request may carry this host (without port); the address that it came in on is always right. */
    boolean allows(String host, InetAddress local) {
        var name = normal(host);
        return names.contains(name)
                || AddressRange.literal(name).filter(local::equals).isPresent();
    }

    private static String normal(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        var name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return AddressRange.literal(name).map(InetAddress::getHostAddress).orElse(name);
    }

    private static void machineName(Set<String> names) {
        try {
            var name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            if (name.matches("[a-z0-9.-]{1,253}")) {
                names.add(name);
            }
        } catch (UnknownHostException noName) {
            // A machine without a name of its own is opened as localhost or by its address.
        }
    }
}
