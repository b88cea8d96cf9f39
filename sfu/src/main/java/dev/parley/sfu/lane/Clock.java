package dev.parley.sfu.lane;

/** Where a lane's time comes from; the only clock in the SFU, so that tests can run a lane on virtual time. */
public interface Clock {
    /** Monotonic nanoseconds, not negative, from an arbitrary start. */
    long nanos();

    /** Nanoseconds since 1970-01-01T00:00Z by the wall clock; may jump. */
    long epochNanos();

    /** The machine's clocks. The monotonic one starts near 0, so that it never wraps. */
    static Clock system() {
        return new SystemClock();
    }
}
