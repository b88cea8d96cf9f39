package dev.parley.sfu.lane;

/** Work for a lane's thread that has no answer. */
@FunctionalInterface
public interface Action {
    /** Runs on the lane's thread at a time in monotonic nanoseconds. */
    void run(LaneCore core, long now);
}
