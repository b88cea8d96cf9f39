package dev.parley.sfu.udp;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the address objects of recent sources, so that a datagram from a known one allocates nothing. A source that
 * nobody knows costs an object, whoever sends it; the table forgets all when it is full, and therefore does not grow.
 */
final class AddressTable {
    private static final int SLOTS = 1 << 13;
    private static final int MAX = SLOTS / 2;

    private final @Nullable TransportAddress[] table = new TransportAddress[SLOTS];
    private int size;

    /** The one object for this address. */
    TransportAddress of(long high, long low, int port) {
        int at = slot(high, low, port);
        for (var known = table[at]; known != null; known = table[at]) {
            if (known.low() == low && known.port() == port && known.high() == high) {
                return known;
            }
            at = (at + 1) & (SLOTS - 1);
        }
        return add(new TransportAddress(high, low, port), at);
    }

    private TransportAddress add(TransportAddress address, int at) {
        int free = at;
        if (size == MAX) {
            Arrays.fill(table, null);
            size = 0;
            free = slot(address.high(), address.low(), address.port());
        }
        table[free] = address;
        size++;
        return address;
    }

    private static int slot(long high, long low, int port) {
        long mixed = (high * 31 + low) * 31 + port;
        mixed *= 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 51) & (SLOTS - 1);
    }
}
