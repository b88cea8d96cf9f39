package dev.parley.server.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A literal IP address or a range of them, written {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
 *
 * @param network any address of the range
 * @param prefix leading bits that count
 */
public record AddressRange(InetAddress network, int prefix) {
    /** Reads {@code ADDRESS} or {@code ADDRESS/BITS}; empty when it is neither. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        var address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().getAddress().length * 8;
        if (slash < 0) {
            return Optional.of(new AddressRange(address.get(), bits));
        }
        var digits = text.substring(slash + 1);
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > bits) {
            return Optional.empty();
        }
        return Optional.of(new AddressRange(address.get(), Integer.parseInt(digits)));
    }

    /** Reads a literal IP address, with or without brackets; never asks the name service. */
    public static Optional<InetAddress> literal(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }

    /** Whether the address is in the range; never true for another IP version. */
    public boolean contains(InetAddress address) {
        var mine = network.getAddress();
        var other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((mine[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
