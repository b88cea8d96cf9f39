package dev.parley.sfu.lane;

import dev.parley.sfu.IceCandidate;
import dev.parley.sfu.TransportTuple;
import dev.parley.sfu.engine.ice.IceCandidates;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which addresses clients are told to send to. */
public final class Candidates {
    private static final int MOST = 50;

    private Candidates() {}

    /** One UDP host candidate an address, in order of preference. */
    public static List<IceCandidate> of(List<String> addresses, int port) {
        var candidates = new ArrayList<IceCandidate>();
        for (var address : most(addresses)) {
            var priority = IceCandidates.udpPriority(candidates.size());
            candidates.add(new IceCandidate(
                    IceCandidates.UDP_FOUNDATION, priority, address, address, "udp", port, "host", Optional.empty()));
        }
        return List.copyOf(candidates);
    }

    /** The same, and after them a TCP host candidate each, to which the client connects (RFC 6544, passive). */
    public static List<IceCandidate> withTcp(List<String> addresses, int port) {
        var tcp = new ArrayList<IceCandidate>();
        for (var address : most(addresses)) {
            var priority = IceCandidates.tcpPriority(tcp.size());
            tcp.add(new IceCandidate(
                    IceCandidates.TCP_FOUNDATION,
                    priority,
                    address,
                    address,
                    "tcp",
                    port,
                    "host",
                    Optional.of("passive")));
        }
        return Stream.concat(of(addresses, port).stream(), tcp.stream()).toList();
    }

    /** A path as people are told of it: the local address is taken from the candidates. */
    static TransportTuple tuple(List<IceCandidate> candidates, Path path) {
        var remote = path.remote();
        var protocol = remote.isTcp() ? "tcp" : "udp";
        var local = candidates.stream()
                .filter(one -> one.protocol().equals(protocol) && one.address().contains(":") != remote.isIpv4())
                .findFirst()
                .or(() -> candidates.stream().findFirst());
        return new TransportTuple(
                local.map(IceCandidate::address).orElse(""),
                local.map(IceCandidate::port).orElse(0),
                remote.toInetSocketAddress().getAddress().getHostAddress(),
                remote.port(),
                protocol);
    }

    private static List<String> most(List<String> addresses) {
        return addresses.subList(0, Math.min(MOST, addresses.size()));
    }

    /**
     * This machine's addresses at which a socket bound to the given ones is reached: IPv4 first, loopback last.
     * Loopback stays in, because a browser on this machine may have no other way. Link-local IPv6 is left out: it
     * means nothing without a zone, which a candidate cannot carry.
     */
    public static List<String> ofThisMachine(List<InetAddress> listen) {
        try {
            var reachable = new ArrayList<InetAddress>();
            for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp()) {
                    network.inetAddresses()
                            .filter(address -> isReached(address, listen))
                            .forEach(reachable::add);
                }
            }
            return reachable.stream()
                    .sorted(Comparator.comparing(InetAddress::isLoopbackAddress)
                            .thenComparing(address -> !(address instanceof Inet4Address)))
                    .map(Candidates::text)
                    .distinct()
                    .toList();
        } catch (SocketException e) {
            throw new IllegalStateException("The machine's network interfaces cannot be listed", e);
        }
    }

    private static boolean isReached(InetAddress address, List<InetAddress> listen) {
        if (address.isLinkLocalAddress() && !(address instanceof Inet4Address)) {
            return false;
        }
        return listen.stream().anyMatch(bound -> bound.isAnyLocalAddress()
                ? bound instanceof Inet4Address == address instanceof Inet4Address
                : withoutZone(bound).equals(withoutZone(address)));
    }

    private static String withoutZone(InetAddress address) {
        var text = address.getHostAddress();
        var zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** IPv6 in the short form that people and browsers write: the longest run of zeros as {@code ::} (RFC 5952). */
    private static String text(InetAddress address) {
        return address instanceof Inet4Address ? address.getHostAddress() : Ipv6Text.of(address.getAddress());
    }
}
