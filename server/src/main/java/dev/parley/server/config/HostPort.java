package dev.parley.server.config;

/**
 * A host by name or address, and a port.
 *
 * @param host a name or a literal IP address, without brackets
 * @param port 1–65535
 */
public record HostPort(String host, int port) {
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
