package dev.parley.sfu.engine.forward;

/**
 * From a source's extended sequence numbers to a consumer's. Within a <em>stretch</em> the distance between the two is
 * constant, so that what the source lost is missing in the output as well and can be asked for; between stretches lies
 * what was left out on purpose, of which the output shows nothing. Old stretches are kept for packets that come late.
 */
final class SequenceMap {
    static final long NONE = Long.MIN_VALUE;
    private static final int MAX_STRETCHES = 64;

    /** These are taken at the first stretch, so that a consumer of somebody silent has none. */
    private long[] starts = {};

    private long[] ends = {};
    private long[] offsets = {};
    private long[] timestampOffsets = {};
    private int stretches;
    private long highestIn = Long.MIN_VALUE;
    private long nextOut;

    /** @param firstOut the first outgoing number */
    SequenceMap(long firstOut) {
        nextOut = firstOut;
    }

    /** The highest number that was mapped or skipped; {@link Long#MIN_VALUE} before the first stretch. */
    long highestIn() {
        return highestIn;
    }

    /** Begins a stretch: {@code in} follows in the output right after the highest number so far. */
    void start(long in, long timestampOffset) {
        if (stretches > 0) {
            ends[last()] = highestIn;
        }
        open(in, nextOut - in, timestampOffset);
        highestIn = in - 1;
    }

    /** Leaves out a packet that is newer than all before, on purpose. */
    void skip(long in) {
        int last = last();
        long offset = offsets[last];
        long timestampOffset = timestampOffsets[last];
        nextOut = in + offset;
        highestIn = in;
        if (starts[last] == in) {
            starts[last] = in + 1;
            offsets[last] = offset - 1;
        } else {
            ends[last] = in - 1;
            open(in + 1, offset - 1, timestampOffset);
        }
    }

    /** The outgoing number, or {@link #NONE} for a packet that is in no stretch. */
    long map(long in) {
        int stretch = find(in);
        if (stretch < 0) {
            return NONE;
        }
        long out = in + offsets[stretch];
        if (in > highestIn) {
            highestIn = in;
            nextOut = out + 1;
        }
        return out;
    }

    /** What is added to the timestamps of the stretch that a mapped packet is in. */
    long timestampOffset(long in) {
        int stretch = find(in);
        return stretch < 0 ? 0 : timestampOffsets[stretch];
    }

    private int find(long in) {
        for (int i = stretches - 1; i >= Math.max(0, stretches - MAX_STRETCHES); i--) {
            int at = i & MAX_STRETCHES - 1;
            if (in >= starts[at]) {
                return in <= ends[at] ? at : -1;
            }
        }
        return -1;
    }

    private void open(long start, long offset, long timestampOffset) {
        if (stretches == 0) {
            starts = new long[MAX_STRETCHES];
            ends = new long[MAX_STRETCHES];
            offsets = new long[MAX_STRETCHES];
            timestampOffsets = new long[MAX_STRETCHES];
        }
        int at = stretches++ & MAX_STRETCHES - 1;
        starts[at] = start;
        ends[at] = Long.MAX_VALUE;
        offsets[at] = offset;
        timestampOffsets[at] = timestampOffset;
    }

    private int last() {
        return stretches - 1 & MAX_STRETCHES - 1;
    }
}
