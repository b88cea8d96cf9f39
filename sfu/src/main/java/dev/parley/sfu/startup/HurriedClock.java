package dev.parley.sfu.startup;

import dev.parley.sfu.lane.Clock;

/**
 * The machine's clock, on which time can be left out: what a lane does once a second then comes as often as is wanted.
 * One thread.
 */
final class HurriedClock implements Clock {
    private final Clock clock = Clock.system();
    private long skipped;

    /** Puts the clock forward. */
    void skip(long nanos) {
        skipped += nanos;
    }

    @Override
    public long nanos() {
        return clock.nanos() + skipped;
    }

    @Override
    public long epochNanos() {
        return clock.epochNanos() + skipped;
    }
}
