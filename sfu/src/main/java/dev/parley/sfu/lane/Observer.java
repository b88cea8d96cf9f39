package dev.parley.sfu.lane;

/** Something that watches audio producers, on whatever lanes, until they close. */
public interface Observer extends Homed {
    /** Watches nothing any more. */
    void close();

    /** Whether it watches nothing any more. */
    boolean isClosed();
}
