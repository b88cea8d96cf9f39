package dev.parley.sfu;

import java.util.List;

/** What an {@link AudioLevelObserver} saw in one interval. */
public sealed interface AudioLevelEvent {
    /** The loudest producers over the threshold, loudest first; never empty. */
    record Volumes(List<AudioVolume> volumes) implements AudioLevelEvent {
        /** Takes a copy of the list. */
        public Volumes {
            volumes = List.copyOf(volumes);
        }
    }

    /** Nobody is over the threshold any more; told once until somebody is. */
    record Silence() implements AudioLevelEvent {}

    /**
     * How loud one producer was.
     *
     * @param producer the producer
     * @param volume the average level in dBov, −127 (silence) to 0 (loudest)
     */
    record AudioVolume(Producer producer, int volume) {}
}
