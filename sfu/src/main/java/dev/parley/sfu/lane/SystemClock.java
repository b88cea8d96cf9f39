package dev.parley.sfu.lane;

import java.time.Instant;

final class SystemClock implements Clock {
    private final long start = System.nanoTime();

    @Override
    public long nanos() {
        return System.nanoTime() - start;
    }

    @Override
    public long epochNanos() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
