package dev.parley.sfu;

/**
 * Where a transport's media goes, in mediasoup's shape.
 *
 * @param localAddress the announced address that the client sends to, as far as it is known: the first of the remote's
 *     family
 * @param localPort the media port
 * @param remoteIp the client's IP address, as this machine sees it
 * @param remotePort its port
 * @param protocol {@code udp} or {@code tcp}
 */
public record TransportTuple(
        String localAddress, int localPort, String remoteIp, int remotePort, String protocol) {
    /** For people: {@code 192.0.2.1:1234 over udp}. */
    @Override
    public String toString() {
        return (remoteIp.contains(":") ? "[" + remoteIp + "]:" : remoteIp + ":") + remotePort + " over " + protocol;
    }
}
