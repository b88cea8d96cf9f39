package dev.parley.sfu.lane;

/**
 * Work for a lane's thread.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface Command<T> {
    /** Runs on the lane's thread at a time in monotonic nanoseconds. */
    T run(LaneCore core, long now);
}
