package dev.parley.sfu.engine.ice;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Arrays;

/**
 * How often something may happen, in all and for each address: token buckets in a table that never grows. Addresses
 * that fall on the same place share a bucket; an attacker cannot aim at somebody's, because the places depend on a
 * seed. IPv6 addresses of one network of 64 bits are one. Times are monotonic nanoseconds. One thread.
 */
final class RateTable {
    /** What an attempt comes to. */
    enum Verdict {
        /** It may be. */
        ALLOWED,
        /** Too often for this address. */
        TOO_OFTEN_FROM_ADDRESS,
        /** Too often in all. */
        TOO_OFTEN
    }

    private static final int PLACES = 1 << 12;

    private final long seed;
    private final long intervalOfAddress;
    private final long burstOfAddress;
    private final long interval;
    private final long burst;
    /** Of each place, the time at which all that it used up will be back. */
    private final long[] places = new long[PLACES];

    private long whole;

    /**
     * A table.
     *
     * @param perSecond how often for an address
     * @param perSecondInAll how often in all; at once twice a second's worth of either may happen
     */
    RateTable(long seed, int perSecond, int perSecondInAll) {
        this.seed = seed;
        intervalOfAddress = 1_000_000_000L / perSecond;
        burstOfAddress = 2_000_000_000L;
        interval = 1_000_000_000L / perSecondInAll;
        burst = 2_000_000_000L;
        Arrays.fill(places, Long.MIN_VALUE);
        whole = Long.MIN_VALUE;
    }

    /** Asks, and uses it up if it is allowed. */
    Verdict attempt(long now, TransportAddress from) {
        int place = place(from);
        long backAt = Math.max(places[place], now) + intervalOfAddress;
        if (backAt - now > burstOfAddress) {
            return Verdict.TOO_OFTEN_FROM_ADDRESS;
        }
        long allBackAt = Math.max(whole, now) + interval;
        if (allBackAt - now > burst) {
            return Verdict.TOO_OFTEN;
        }
        places[place] = backAt;
        whole = allBackAt;
        return Verdict.ALLOWED;
    }

    private int place(TransportAddress from) {
        long mixed = (from.high() ^ seed) * 0x9e37_79b9_7f4a_7c15L;
        if (from.isIpv4()) {
            mixed = (mixed ^ from.low()) * 0xbf58_476d_1ce4_e5b9L;
        }
        mixed ^= mixed >>> 29;
        mixed *= 0x94d0_49bb_1331_11ebL;
        return (int) (mixed >>> 52);
    }
}
