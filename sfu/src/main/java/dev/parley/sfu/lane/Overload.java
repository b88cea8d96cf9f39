package dev.parley.sfu.lane;

/**
 * Notices that a lane falls behind, and decides how much video it gives up so that sound gets through.
 *
 * <p>A lane that keeps up waits now and then, however long a turn may take: it has done all there was. One that does not wait
 * for {@value #WINDOW_MILLIS} ms has more to do than it can. Then an eighth of the video consumers is left out, and another
 * one for each such time more; when it has waited for a seventh of that time, an eighth comes back. A thread that the machine
 * held up for a moment shows one long turn and is through with what gathered after a few more, so a turn counts for {@value
 * #TURN_MILLIS} ms at most.
 *
 * <p>Which consumers belong to which eighth does not change, so that most pictures run on while some stand still, instead of
 * all of them stuttering.
 */
final class Overload {
    /** At which level no video is forwarded. */
    static final int ALL = 8;

    static final int WINDOW_MILLIS = 500;
    static final int TURN_MILLIS = 50;
    private static final long WINDOW_NANOS = WINDOW_MILLIS * 1_000_000L;
    private static final long TURN_NANOS = TURN_MILLIS * 1_000_000L;
    /** What asking whether there is something takes, and being told so at once. */
    private static final long ASKING_NANOS = 20_000;
    /** A lane that waited less than one part in so many is behind; one that waited more than one in so many has room. */
    private static final long BEHIND = 50;

    private static final long RELIEVED = 7;

    private long busy;
    private long idle;
    private int level;

    /**
     * A turn is over.
     *
     * @param nanos how long it took
     * @param waited how long the lane waited for something to do before it
     */
    void turned(long nanos, long waited) {
        busy += Math.min(nanos, TURN_NANOS);
        if (waited > ASKING_NANOS) {
            idle += waited;
        }
        var window = busy + idle;
        if (window < WINDOW_NANOS) {
            return;
        }
        if (idle < window / BEHIND) {
            level = Math.min(ALL, level + 1);
        } else if (idle > window / RELIEVED) {
            level = Math.max(0, level - 1);
        }
        busy = 0;
        idle = 0;
    }

    /** How many eighths of the video consumers are left out now, 0–{@value #ALL}. */
    int level() {
        return level;
    }

    /** Whether video of this SSRC is left out now. SSRCs are random, so each eighth is an eighth. */
    boolean sheds(long ssrc) {
        return (ssrc & ALL - 1) < level;
    }
}
