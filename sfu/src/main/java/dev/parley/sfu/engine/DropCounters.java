package dev.parley.sfu.engine;

import java.util.EnumMap;
import java.util.Map;

/** Drops by reason. One writing thread; another thread that reads sees numbers that may be a moment old. */
public final class DropCounters {
    private static final Drop[] REASONS = Drop.values();

    private final long[] counts = new long[REASONS.length];

    /** Counts one drop. */
    public void count(Drop reason) {
        counts[reason.ordinal()]++;
    }

    /** How many drops had this reason. */
    public long of(Drop reason) {
        return counts[reason.ordinal()];
    }

    /** All reasons that were counted at least once. */
    public Map<Drop, Long> snapshot() {
        var map = new EnumMap<Drop, Long>(Drop.class);
        for (var reason : REASONS) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason, counts[reason.ordinal()]);
            }
        }
        return map;
    }
}
