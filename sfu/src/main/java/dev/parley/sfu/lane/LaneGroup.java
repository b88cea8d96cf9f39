package dev.parley.sfu.lane;

import dev.parley.sfu.udp.Steering;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The lanes of one SFU, and what they share. All lanes are made before the first one runs; afterwards the group does not
 * change.
 */
public final class LaneGroup {
    /** So many that a set of them fits a long. */
    public static final int MAX_LANES = 64;

    private final Directory directory = new Directory();
    private final TcpLinks tcp = new TcpLinks();
    private final Steering steering;
    private final List<LaneMail> mail = new ArrayList<>();
    private final List<LaneCore> lanes = new ArrayList<>();

    /**
     * A group for a number of lanes, 1–{@value #MAX_LANES}.
     *
     * @param arena for the datagrams that lanes hand to each other; it must be open as long as a lane runs
     */
    public LaneGroup(int size, Arena arena) {
        this(size, arena, Steering.NONE);
    }

    /** The same, where it can be decided to which lane the datagrams of an address come. */
    public LaneGroup(int size, Arena arena, Steering steering) {
        if (size < 1 || size > MAX_LANES) {
            throw new IllegalArgumentException("There are 1 to " + MAX_LANES + " lanes, not " + size);
        }
        this.steering = steering;
        for (var i = 0; i < size; i++) {
            mail.add(new LaneMail(arena));
        }
    }

    /** How many lanes there are. */
    public int size() {
        return mail.size();
    }

    /** One of the lanes, which were numbered from 0 as they were made. */
    public LaneCore lane(int index) {
        return lanes.get(index);
    }

    /** Adds up a count over all lanes; from any thread. */
    public int total(ToIntFunction<LaneCounts> count) {
        var sum = 0;
        for (var i = 0; i < lanes.size(); i++) {
            sum += count.applyAsInt(lanes.get(i).counts());
        }
        return sum;
    }

    /** Takes the next lane in; returns its number. */
    int join(LaneCore lane) {
        lanes.add(lane);
        return lanes.size() - 1;
    }

    /** The TCP connections of all clients. */
    public TcpLinks tcp() {
        return tcp;
    }

    /** Whether a new transport goes to live where its first check arrives, instead of staying where it was made. */
    boolean followsLanding() {
        return steering.isFull();
    }

    Steering steering() {
        return steering;
    }

    Directory directory() {
        return directory;
    }

    LaneMail mail(int index) {
        return mail.get(index);
    }
}
