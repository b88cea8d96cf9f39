package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.util.SplittableRandom;

/** At which lane's socket a datagram arrives. */
@FunctionalInterface
interface Landing {
    /** The number of the lane. */
    int lane(TransportAddress from, byte[] datagram);

    /** All at the first one. */
    static Landing first() {
        return (from, datagram) -> 0;
    }

    /** As the kernel does it: an address is always given to the same lane. */
    static Landing byAddress(int lanes) {
        return (from, datagram) -> (int) Long.remainderUnsigned(from.low() + from.port(), lanes);
    }

    /** As no kernel does it: anything anywhere. */
    static Landing anywhere(int lanes, long seed) {
        var random = new SplittableRandom(seed);
        return (from, datagram) -> random.nextInt(lanes);
    }
}
