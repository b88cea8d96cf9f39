package dev.parley.sfu.engine.audio;

import java.time.Duration;

/**
 * What an audio-level observer reports.
 *
 * @param maxEntries how many of the loudest are named at most, 1 or more
 * @param threshold the quietest average that counts as sound, in dBov, −127 to 0
 * @param interval the time between reports, 50 ms or more
 */
public record AudioLevelsConfig(int maxEntries, int threshold, Duration interval) {
    /** Checks the ranges. */
    public AudioLevelsConfig {
        if (maxEntries < 1 || threshold < -127 || threshold > 0 || interval.toMillis() < 50) {
            throw new IllegalArgumentException("Needs maxEntries >= 1, threshold -127..0 dBov, interval >= 50 ms");
        }
    }

    /** The loudest one above −80 dBov, each 800 ms. */
    public static AudioLevelsConfig defaults() {
        return new AudioLevelsConfig(1, -80, Duration.ofMillis(800));
    }

    /** What a speaking indicator in a meeting needs: everybody, four to five times a second. */
    public static AudioLevelsConfig speaking() {
        return new AudioLevelsConfig(64, -60, Duration.ofMillis(200));
    }
}
