package dev.parley.sfu;

/**
 * What a producer received or a consumer sent so far: cheap to read at any time, from any thread. The full statistics
 * are in {@link Producer#stats()} and {@link Consumer#stats()}, which ask the lane.
 *
 * @param packets RTP packets, repairs not included
 * @param bytes their bytes, RTP headers included
 * @param repairs packets that came, or went, again
 */
public record StreamCounts(long packets, long bytes, long repairs) {
    /** Of a stream that has not begun. */
    public static final StreamCounts NONE = new StreamCounts(0, 0, 0);
}
