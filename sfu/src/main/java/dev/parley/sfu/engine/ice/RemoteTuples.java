package dev.parley.sfu.engine.ice;

import dev.parley.sfu.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The remote addresses that an authenticated check came from, a few at most. Times are monotonic nanoseconds. */
final class RemoteTuples {
    /** One remote address. */
    static final class Tuple {
        private final TransportAddress address;
        private long lastCheck;
        private boolean nominated;

        private Tuple(TransportAddress address, long now) {
            this.address = address;
            this.lastCheck = now;
        }

        TransportAddress address() {
            return address;
        }

        boolean nominated() {
            return nominated;
        }

        void nominate() {
            nominated = true;
        }
    }

    private final List<Tuple> tuples = new ArrayList<>(2);
    private final int most;

    RemoteTuples(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return tuples.isEmpty();
    }

    boolean contains(TransportAddress address) {
        return find(address) != null;
    }

    /**
     * Notes a check. A new address displaces, when all places are taken, the one that was checked longest ago; never
     * the selected one, so that a flood of addresses cannot cut off the path in use.
     */
    Tuple refresh(TransportAddress address, long now, @Nullable Tuple selected) {
        var tuple = find(address);
        if (tuple == null) {
            if (tuples.size() >= most) {
                evictOldest(selected);
            }
            tuple = new Tuple(address, now);
            tuples.add(tuple);
        }
        tuple.lastCheck = now;
        return tuple;
    }

    /** Forgets the addresses whose last check is as old as consent lasts. */
    void expire(long now, long consent) {
        tuples.removeIf(tuple -> now - tuple.lastCheck >= consent);
    }

    /** Forgets an address; false when it was not known. */
    boolean remove(TransportAddress address) {
        return tuples.removeIf(tuple -> tuple.address.equals(address));
    }

    boolean holds(Tuple tuple) {
        return tuples.contains(tuple);
    }

    /** The address that was checked last, or null if there is none. */
    @Nullable Tuple freshest() {
        Tuple best = null;
        for (var tuple : tuples) {
            if (best == null || tuple.lastCheck > best.lastCheck) {
                best = tuple;
            }
        }
        return best;
    }

    /** When the address that was checked longest ago was checked. Long.MAX_VALUE if there is none. */
    long oldestCheck() {
        long oldest = Long.MAX_VALUE;
        // By index: asked after each turn that media came in, and an iterator would be garbage.
        for (int i = 0; i < tuples.size(); i++) {
            oldest = Math.min(oldest, tuples.get(i).lastCheck);
        }
        return oldest;
    }

    private void evictOldest(@Nullable Tuple selected) {
        Tuple oldest = null;
        for (var tuple : tuples) {
            if (tuple != selected && (oldest == null || tuple.lastCheck < oldest.lastCheck)) {
                oldest = tuple;
            }
        }
        tuples.remove(oldest);
    }

    private @Nullable Tuple find(TransportAddress address) {
        for (int i = 0; i < tuples.size(); i++) {
            if (tuples.get(i).address.equals(address)) {
                return tuples.get(i);
            }
        }
        return null;
    }
}
