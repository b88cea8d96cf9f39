package dev.parley.server.http;

import dev.parley.server.config.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Whom limits are counted for. */
public final class ClientAddress {
    private final List<AddressRange> trustedProxies;

    /** Believes X-Forwarded-For only where these proxies wrote it. */
    public ClientAddress(List<AddressRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * The client's IPv4 address, or its IPv6 network: an IPv6 client has a whole /64 to itself.
     *
     * @param peer the other end of the connection
     * @param forwardedFor the values of the X-Forwarded-For headers
     */
    public String of(SocketAddress peer, List<String> forwardedFor) {
        if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return "unknown";
        }
        var address = inet.getAddress();
        var hops = String.join(",", forwardedFor).split(",");
        // From the nearest hop outwards: each trusted proxy vouches for the entry that it added, and for no other.
        for (int i = hops.length - 1; i >= 0 && isTrusted(address); i--) {
            var hop = AddressRange.literal(hops[i].strip());
            if (hop.isEmpty()) {
                break;
            }
            address = hop.get();
        }
        return group(address);
    }

    /** Whether the other end of a connection is one of the trusted proxies. */
    boolean isProxy(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null && isTrusted(inet.getAddress());
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private static String group(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        var network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
