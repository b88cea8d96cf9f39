package dev.parley.sfu.lane;

/**
 * Notices that a lane falls behind, and decides how much video it gives up so that sound gets through.
 *
 * <p>A turn that takes long means that datagrams wait long. After 300 ms of nothing but long turns, and no less than
 * {@value #LONG_TURNS} (a single one may be the machine's, not the load's), an eighth of the video consumers is left out, and
 * another eighth for each such row more; after half a second without a long turn an eighth comes back. Which consumers belong to which eighth does not change, so that most pictures run on while some stand
 * still, instead of all of them stuttering.
 */
final class Overload {
    /** At which level no video is forwarded. */
    static final int ALL = 8;
    /** A burst of key frames to a full room takes a few milliseconds; this is several times that. */
    static final long LONG_NANOS = 30_000_000;

    static final int LONG_TURNS = 3;
    private static final long BEHIND_NANOS = 300_000_000;
    private static final long RELIEF_NANOS = 500_000_000;

    private int inARow;
    private long behind;
    private int level;
    private long quietSince;

    /**
     * A turn is over.
     *
     * @param now its end
     * @param nanos how long it took
     */
    void turned(long now, long nanos) {
        if (nanos >= LONG_NANOS) {
            quietSince = now;
            inARow++;
            behind += nanos;
            if (inARow >= LONG_TURNS && behind >= BEHIND_NANOS) {
                inARow = 0;
                behind = 0;
                level = Math.min(ALL, level + 1);
            }
            return;
        }
        inARow = 0;
        behind = 0;
        if (level > 0 && now - quietSince >= RELIEF_NANOS) {
            quietSince = now;
            level--;
        }
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
