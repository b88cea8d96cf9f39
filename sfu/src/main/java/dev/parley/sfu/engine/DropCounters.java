package dev.parley.sfu.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Drops by reason. One writing thread; another thread that reads sees numbers that may be a moment old. What is counted
 * in a part, such as a transport, is also counted in the whole that it belongs to.
 */
public final class DropCounters {
    private static final Drop[] REASONS = Drop.values();
    /** Opaque: never half written, never kept back for good, and as cheap as a plain write. */
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private Optional<DropCounters> whole;
    /** Made at the first drop: most transports and producers never have one. */
    private long[] counts = {};

    /** Counters that belong to nothing larger. */
    public DropCounters() {
        whole = Optional.empty();
    }

    /** Counters of a part. @param whole counts along, by the same thread */
    public DropCounters(DropCounters whole) {
        this.whole = Optional.of(whole);
    }

    /** What is counted from now on also counts in another whole, whose thread calls this. */
    public void belongTo(DropCounters changed) {
        whole = Optional.of(changed);
    }

    /** Counts one drop. */
    public void count(Drop reason) {
        count(reason, 1);
    }

    /** Counts several drops. */
    public void count(Drop reason, long more) {
        if (counts.length == 0) {
            counts = new long[REASONS.length];
        }
        COUNT.setOpaque(counts, reason.ordinal(), counts[reason.ordinal()] + more);
        if (whole.isPresent()) {
            whole.get().count(reason, more);
        }
    }

    /** How many drops had this reason. */
    public long of(Drop reason) {
        var now = counts;
        return now.length == 0 ? 0 : (long) COUNT.getOpaque(now, reason.ordinal());
    }

    /** All reasons that were counted at least once. */
    public Map<Drop, Long> snapshot() {
        var map = new EnumMap<Drop, Long>(Drop.class);
        for (var reason : REASONS) {
            var count = of(reason);
            if (count > 0) {
                map.put(reason, count);
            }
        }
        return map;
    }
}
