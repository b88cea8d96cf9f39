package dev.parley.loadtest.media;

import java.util.random.RandomGenerator;

/** How a stream divides into frames and packets. A shape may keep state: each stream has its own. */
public interface Shape {
    /** Whether this is video (VP8 at 90 kHz) or audio (Opus at 48 kHz). */
    boolean video();

    /**
     * Decides on the next frame.
     *
     * @param keyWanted whether a receiver asked for a key frame
     */
    void next(RandomGenerator random, boolean keyWanted);

    /** Whether the frame is a key frame. */
    boolean key();

    /** Packets of the frame. */
    int packets();

    /** Payload bytes of one packet of the frame. @param index from 0 */
    int length(int index);

    /** Packets that leave at once; what is left of the frame follows after {@link #nanos}. */
    default int burst() {
        return packets();
    }

    /** Time from this frame (or burst) to the next one. */
    long nanos();

    /** How much media time a frame takes; 0 when that is {@link #nanos}. */
    default long frameNanos() {
        return nanos();
    }

    /** Ticks of the media clock a second. */
    default int clockRate() {
        return video() ? 90_000 : 48_000;
    }
}
