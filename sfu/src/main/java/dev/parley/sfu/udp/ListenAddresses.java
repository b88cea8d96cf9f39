package dev.parley.sfu.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which sockets the listen addresses need: the IPv6 wildcard serves IPv4 too, where the machine has IPv6. */
public final class ListenAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(ListenAddresses.class);

    private ListenAddresses() {}

    /** The addresses to bind to, without a wildcard that another one covers. */
    public static List<InetAddress> withoutShadowed(List<InetAddress> listen) {
        var any6 = listen.stream().anyMatch(a -> !(a instanceof Inet4Address) && a.isAnyLocalAddress());
        var any4 = listen.stream().anyMatch(a -> a instanceof Inet4Address && a.isAnyLocalAddress());
        if (any6 && any4) {
            var dual = hasIpv6();
            if (!dual) {
                LOG.info("This machine has no IPv6: listening on IPv4 only.");
            }
            return listen.stream()
                    .filter(a -> !a.isAnyLocalAddress() || dual != a instanceof Inet4Address)
                    .toList();
        }
        return listen;
    }

    private static boolean hasIpv6() {
        try (var probe = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral("::"), 0));
            return true;
        } catch (IOException | UnsupportedOperationException none) {
            return false;
        }
    }
}
