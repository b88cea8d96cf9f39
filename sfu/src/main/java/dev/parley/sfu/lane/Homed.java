package dev.parley.sfu.lane;

/** Something that lives on one lane: only that lane's thread may do anything with it. */
public interface Homed {
    /** The lane that it lives on, or is on its way to; from any thread. */
    LaneCore home();

    /** Whether a lane may work with it now; asked on that lane's thread. */
    boolean isOn(LaneCore lane);
}
