package dev.parley.sfu.engine.srtp;

import org.jspecify.annotations.Nullable;

/**
 * The replay windows by SSRC: open addressing with linear probing, nothing allocated by a look-up. It grows up to a
 * limit. At the limit, either the least recently used SSRC makes room (receiving), or the new one is refused (sending,
 * where forgetting would mean to use a keystream twice).
 */
final class SsrcTable {
    private final int limit;
    private final boolean forgets;
    private int[] ssrcs = new int[16];
    private @Nullable ReplayWindow[] windows = new ReplayWindow[16];
    private long[] used = new long[16];
    private int size;
    private long uses;
    /** What was found last, and where: packets come and go in runs of one stream. */
    private @Nullable ReplayWindow last;

    private int lastSsrc;
    private int lastSlot;

    /**
     * An empty table.
     *
     * @param limit the most SSRCs, 1 or more
     * @param forgets whether a new SSRC takes the place of the least recently used
     */
    SsrcTable(int limit, boolean forgets) {
        this.limit = limit;
        this.forgets = forgets;
    }

    int size() {
        return size;
    }

    /** The window of an SSRC, which counts as used now, or null if there is none. */
    @Nullable ReplayWindow find(int ssrc) {
        if (last != null && lastSsrc == ssrc) {
            return last;
        }
        if (last != null) {
            // Noted when its run is over.
            used[lastSlot] = ++uses;
        }
        int slot = slotOf(ssrc);
        used[slot] = ++uses;
        lastSsrc = ssrc;
        lastSlot = slot;
        last = windows[slot];
        return last;
    }

    /** Makes a window for an SSRC that has none; null if the table is full and does not forget. */
    @Nullable ReplayWindow add(int ssrc) {
        ReplayWindow window = new ReplayWindow();
        if (size == limit) {
            if (!forgets) {
                return null;
            }
            remove(leastRecentlyUsed());
        } else if (2 * (size + 1) > ssrcs.length) {
            grow();
        }
        put(ssrc, window, ++uses);
        return window;
    }

    private void put(int ssrc, ReplayWindow window, long use) {
        int slot = slotOf(ssrc);
        ssrcs[slot] = ssrc;
        windows[slot] = window;
        used[slot] = use;
        size++;
    }

    /** The slot that holds an SSRC, or the empty one where it would go. At most half of the slots are taken. */
    private int slotOf(int ssrc) {
        int mask = ssrcs.length - 1;
        int slot = home(ssrc);
        while (windows[slot] != null && ssrcs[slot] != ssrc) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(int ssrc) {
        int mixed = ssrc * 0x9E37_79B9;
        return (mixed ^ mixed >>> 16) & ssrcs.length - 1;
    }

    private int leastRecentlyUsed() {
        int oldest = -1;
        for (int slot = 0; slot < windows.length; slot++) {
            if (windows[slot] != null && (oldest < 0 || used[slot] < used[oldest])) {
                oldest = slot;
            }
        }
        return oldest;
    }

    /** Takes one out and puts those back that stood behind it in the same run, so that each is found from its home. */
    private void remove(int hole) {
        int mask = ssrcs.length - 1;
        last = null;
        windows[hole] = null;
        size--;
        for (int slot = hole + 1 & mask; windows[slot] != null; slot = slot + 1 & mask) {
            var moved = windows[slot];
            windows[slot] = null;
            size--;
            put(ssrcs[slot], moved, used[slot]);
        }
    }

    private void grow() {
        last = null;
        var oldSsrcs = ssrcs;
        var oldWindows = windows;
        var oldUsed = used;
        ssrcs = new int[2 * oldSsrcs.length];
        windows = new ReplayWindow[2 * oldSsrcs.length];
        used = new long[2 * oldSsrcs.length];
        size = 0;
        for (int slot = 0; slot < oldSsrcs.length; slot++) {
            var window = oldWindows[slot];
            if (window != null) {
                put(oldSsrcs[slot], window, oldUsed[slot]);
            }
        }
    }
}
