package dev.parley.sfu;

import java.time.Duration;

/**
 * How the dominant speaker is found.
 *
 * @param interval the time between two decisions, 100 ms–5 s
 */
public record ActiveSpeakerObserverOptions(Duration interval) {
    /** Checks the range. */
    public ActiveSpeakerObserverOptions {
        if (interval.toMillis() < 100 || interval.toMillis() > 5_000) {
            throw new SfuException("invalid-parameters", "Use an interval of 100 to 5000 ms for a speaker observer.");
        }
    }

    /** A decision every 300 ms. */
    public static ActiveSpeakerObserverOptions defaults() {
        return new ActiveSpeakerObserverOptions(Duration.ofMillis(300));
    }
}
