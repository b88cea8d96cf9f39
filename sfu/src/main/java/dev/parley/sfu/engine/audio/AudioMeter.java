package dev.parley.sfu.engine.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Adds up the audio levels of one producer. One thread writes, once a packet; any number of observers on other threads
 * read, each by itself: the meter only ever counts up, and a reader takes the difference from what it saw last.
 *
 * <p>The level is RFC 6464's: 0 is as loud as can be (0 dBov), 127 is silence (−127 dBov).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |  ID   | len=0 |V|    level    |    V: voice activity, not used: senders disagree on it
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class AudioMeter {
    /** The quietest level. */
    public static final int SILENCE = 127;

    private static final VarHandle TOTAL;

    static {
        try {
            TOTAL = MethodHandles.lookup().findVarHandle(AudioMeter.class, "total", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /**
     * Number of levels in the upper 32 bits, their sum in the lower 32; both wrap. One word, so that a reader sees a
     * pair.
     */
    @SuppressWarnings("unused")
    private long total;

    /**
     * Adds one packet's level.
     *
     * @param level 0 (loudest) to 127 (silence); other bits are ignored
     */
    public void level(int level) {
        long before = (long) TOTAL.getOpaque(this);
        int count = (int) (before >>> 32) + 1;
        int sum = (int) before + (level & 0x7f);
        TOTAL.setOpaque(this, pack(count, sum));
    }

    /** All that was added so far, to be compared by {@link #average} later. */
    long reading() {
        return (long) TOTAL.getOpaque(this);
    }

    /** The average level between two readings, 0–127, rounded down, or {@link #SILENCE} when no packet came. */
    static int average(long earlier, long later) {
        long count = ((later >>> 32) - (earlier >>> 32)) & 0xffff_ffffL;
        long sum = (later - earlier) & 0xffff_ffffL;
        return count == 0 ? SILENCE : (int) Math.min(SILENCE, sum / count);
    }

    private static long pack(int count, int sum) {
        return (long) count << 32 | sum & 0xffff_ffffL;
    }
}
