package dev.parley.sfu;

import java.net.InetAddress;
import java.util.List;

/** Literal IP addresses; host names are refused, so that nothing here asks DNS. */
final class Addresses {
    private Addresses() {}

    static List<String> checked(List<String> addresses, String what) {
        for (var address : addresses) {
            try {
                literal(address);
            } catch (IllegalArgumentException e) {
                throw new SfuException(
                        "invalid-config",
                        "\"" + address + "\" is no " + what
                                + ": use a literal IPv4 or IPv6 address such as 203.0.113.7.",
                        e);
            }
        }
        return List.copyOf(addresses);
    }

    static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }
}
