package dev.parley.server.room;

import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link TokenBucket} for each address, for a bounded number of addresses. Thread-safe. */
public final class AddressLimiter {
    private static final int MAX_ADDRESSES = 20_000;

    private final int perMinute;
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /** Allows each address so many at once, and then so many a minute. */
    public AddressLimiter(int perMinute) {
        this.perMinute = perMinute;
    }

    /** Takes one for the address if there is one. {@code now} is monotonic nanoseconds. */
    public synchronized boolean allows(long now, String address) {
        var bucket = buckets.computeIfAbsent(address, a -> new TokenBucket(now, perMinute, perMinute / 60.0));
        boolean allowed = bucket.take(now);
        // In order of use: the first has been unused for longest, so full buckets are at the front.
        var oldest = buckets.values().iterator();
        while (oldest.hasNext() && (oldest.next().isFull(now) || buckets.size() > MAX_ADDRESSES)) {
            oldest.remove();
        }
        return allowed;
    }

    synchronized int size() {
        return buckets.size();
    }
}
