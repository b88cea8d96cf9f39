package dev.parley.sfu.engine.stream;

import org.jspecify.annotations.Nullable;

/**
 * How a stream's RTP timestamps relate to this machine's monotonic time, as the stream's sender reports tell. Written
 * by the lane that receives the stream, read by any.
 */
public final class MediaClock {
    /** One instant by both clocks. @param nanos monotonic nanoseconds @param timestamp 0–2³²−1 */
    public record Instant(long nanos, long timestamp) {}

    private volatile @Nullable Instant latest;

    void set(Instant instant) {
        latest = instant;
    }

    /** The timestamps jumped: what was told holds no more. */
    void clear() {
        latest = null;
    }

    /** The latest instant that was told; null before the first sender report. */
    @Nullable Instant latest() {
        return latest;
    }
}
