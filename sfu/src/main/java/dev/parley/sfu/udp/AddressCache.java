package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Translates between the JDK's addresses and ours without allocating for peers seen before. Direct-mapped and of
 * fixed size: an attacker who sends from many addresses costs others a miss, not memory.
 */
final class AddressCache {
    private static final int SIZE = 4_096;

    private final @Nullable InetSocketAddress[] jdk = new InetSocketAddress[SIZE];
    private final @Nullable TransportAddress[] own = new TransportAddress[SIZE];
    private final @Nullable InetSocketAddress[] reverseJdk = new InetSocketAddress[SIZE];
    private final @Nullable TransportAddress[] reverseOwn = new TransportAddress[SIZE];

    TransportAddress of(InetSocketAddress address) {
        var slot = slot(address.hashCode());
        var hit = own[slot];
        if (hit != null && address.equals(jdk[slot])) {
            return hit;
        }
        var translated = TransportAddress.of(address);
        jdk[slot] = address;
        own[slot] = translated;
        return translated;
    }

    InetSocketAddress of(TransportAddress address) {
        var slot = slot(address.hashCode());
        var hit = reverseJdk[slot];
        if (hit != null && address.equals(reverseOwn[slot])) {
            return hit;
        }
        var translated = address.toInetSocketAddress();
        reverseJdk[slot] = translated;
        reverseOwn[slot] = address;
        return translated;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 12 ^ hash >>> 20) & SIZE - 1;
    }
}
