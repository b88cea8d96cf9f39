package dev.parley.server.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a STUN or TURN server is (RFC 7064, RFC 7065), as browsers take it.
 *
 * @param scheme {@code stun}, {@code stuns}, {@code turn} or {@code turns}
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1–65535
 * @param transport {@code udp} or {@code tcp}; what is between client and TURN server
 * @param text the URL as it was given, the scheme in lower case
 */
public record IceUrl(String scheme, String host, int port, String transport, String text) {
    private static final Pattern SHAPE = Pattern.compile(
            "(?i)(stun|stuns|turn|turns):([a-z0-9]([a-z0-9.-]{0,252})|\\[[0-9a-f:.]{2,45}])(?::([0-9]{1,5}))?"
                    + "(?:\\?transport=(udp|tcp))?");
    private static final int PLAIN_PORT = 3478;
    private static final int TLS_PORT = 5349;

    /** Reads one; empty when browsers would refuse it. */
    public static Optional<IceUrl> parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var scheme = match.group(1).toLowerCase(Locale.ROOT);
        boolean tls = scheme.endsWith("s");
        int port = match.group(4) == null ? (tls ? TLS_PORT : PLAIN_PORT) : Integer.parseInt(match.group(4));
        var given = Optional.ofNullable(match.group(5)).map(name -> name.toLowerCase(Locale.ROOT));
        var host = match.group(2);
        boolean wrong = port < 1
                || port > 65_535
                || (scheme.startsWith("stun") && given.isPresent())
                || (host.startsWith("[") && AddressRange.literal(host).isEmpty())
                || (host.matches("[0-9.]+") && AddressRange.literal(host).isEmpty());
        return wrong
                ? Optional.empty()
                : Optional.of(new IceUrl(
                        scheme, host, port, given.orElse(tls ? "tcp" : "udp"), scheme + text.substring(text.indexOf(':'))));
    }

    /** Whether it is asked to relay, and therefore for credentials. */
    public boolean relays() {
        return scheme.startsWith("turn");
    }

    /** Whether TLS is spoken to it. */
    public boolean tls() {
        return scheme.endsWith("s");
    }

    /** The host as a resolver takes it: without brackets. */
    public String hostName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return text;
    }
}
