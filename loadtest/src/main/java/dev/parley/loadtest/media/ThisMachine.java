package dev.parley.loadtest.media;

import dev.parley.sfu.wire.TransportAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which addresses are this machine's own. From any thread. */
final class ThisMachine {
    private static final Map<InetAddress, Boolean> KNOWN = new ConcurrentHashMap<>();

    private ThisMachine() {}

    /** Whether all addresses are IPv4 and this machine's own, so that its loopback network reaches them. */
    static boolean hasAll(List<TransportAddress> addresses) {
        return !addresses.isEmpty() && addresses.stream().allMatch(ThisMachine::has);
    }

    /**
     * Those that a socket on a loopback address reaches, and hears answers from: from elsewhere a server that listens
     * on all addresses answers as 127.0.0.1, which is not who was asked. None when the server is not on this machine.
     */
    static List<TransportAddress> loopbackOf(List<TransportAddress> addresses) {
        return hasAll(addresses)
                ? addresses.stream()
                        .filter(address -> address.toInetSocketAddress().getAddress().isLoopbackAddress())
                        .toList()
                : List.of();
    }

    private static boolean has(TransportAddress address) {
        return address.isIpv4()
                && KNOWN.computeIfAbsent(address.toInetSocketAddress().getAddress(), ThisMachine::isOwn);
    }

    private static boolean isOwn(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
