package dev.parley.server.reach;

import dev.parley.server.config.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses the whole internet reaches, as far as the address itself says. */
public final class AddressKind {
    /**
     * Private, shared, link-local, reserved (RFC 1918, 6598, 3927, 4193, 4291); documentation's are as good as public.
     */
    private static final List<AddressRange> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                    "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
                    "::/127", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")
            .map(range -> AddressRange.parse(range).orElseThrow())
            .toList();

    private AddressKind() {}

    /** Whether packets from anywhere may get to it. */
    public static boolean isPublic(InetAddress address) {
        return NOT_PUBLIC.stream().noneMatch(range -> range.contains(address));
    }

    /** The same of a literal. */
    public static boolean isPublic(String literal) {
        return AddressRange.literal(literal).filter(AddressKind::isPublic).isPresent();
    }
}
