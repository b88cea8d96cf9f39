package dev.parley.server.room;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Locks a key out after too many failures in a sliding window. Time is given by the caller (monotonic nanoseconds).
 * Remembers a bounded number of keys: when there are more, the one that failed longest ago is forgotten. Not
 * thread-safe.
 *
 * @param <K> what is locked out
 */
final class FailureCounter<K> {
    private final class Failures {
        // The times of the last failures, as many as lock out; `next` is the oldest of them.
        private final long[] times = new long[allowed];
        private int count;
        private int next;
        private boolean locked;
        private long lockedUntil;
    }

    private final int allowed;
    private final long windowNanos;
    private final long lockNanos;
    private final int maxKeys;
    private final Map<K, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

    FailureCounter(int allowed, Duration window, Duration lock, int maxKeys) {
        this.allowed = allowed;
        this.windowNanos = window.toNanos();
        this.lockNanos = lock.toNanos();
        this.maxKeys = maxKeys;
    }

    boolean isLocked(long now, K key) {
        var state = failures.get(key);
        return state != null && isLocked(now, state);
    }

    /** Counts a failure. Without effect while the key is locked out: a lock is not prolonged. */
    void failed(long now, K key) {
        var state = failures.computeIfAbsent(key, k -> new Failures());
        if (isLocked(now, state)) {
            return;
        }
        state.times[state.next] = now;
        state.next = (state.next + 1) % allowed;
        state.count = Math.min(state.count + 1, allowed);
        boolean full = state.count == allowed;
        if (full && now - state.times[state.next] <= windowNanos) {
            state.locked = true;
            state.lockedUntil = now + lockNanos;
            state.count = 0;
        }
        forgetTheOldest();
    }

    void forget(K key) {
        failures.remove(key);
    }

    int size() {
        return failures.size();
    }

    private boolean isLocked(long now, Failures state) {
        if (state.locked && now - state.lockedUntil >= 0) {
            state.locked = false;
        }
        return state.locked;
    }

    private void forgetTheOldest() {
        if (failures.size() > maxKeys) {
            var oldest = failures.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
