package dev.parley.sfu;

import java.time.Duration;

/**
 * How audio levels are watched.
 *
 * @param maxEntries how many producers an event names at most, 1 or more
 * @param threshold the average level in dBov that counts as sound, −127 to 0
 * @param interval the time between two events, 50 ms–5 s
 */
public record AudioLevelObserverOptions(int maxEntries, int threshold, Duration interval) {
    /** Checks the ranges. */
    public AudioLevelObserverOptions {
        if (maxEntries < 1 || threshold < -127 || threshold > 0) {
            throw new SfuException(
                    "invalid-parameters",
                    "Use 1 or more entries and a threshold of -127 to 0 dBov for an audio observer.");
        }
        if (interval.toMillis() < 50 || interval.toMillis() > 5_000) {
            throw new SfuException("invalid-parameters", "Use an interval of 50 to 5000 ms for an audio observer.");
        }
    }

    /** The 10 loudest over −70 dBov, each second. */
    public static AudioLevelObserverOptions defaults() {
        return new AudioLevelObserverOptions(10, -70, Duration.ofSeconds(1));
    }
}
