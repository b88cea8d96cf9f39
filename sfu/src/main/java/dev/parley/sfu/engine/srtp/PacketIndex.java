package dev.parley.sfu.engine.srtp;

/** The 48-bit index of a packet, ROC * 65536 + SEQ, guessed from its 16-bit sequence number (RFC 3711 3.3.1). */
final class PacketIndex {
    /** The first index that does not exist; beyond the last one the keys are used up. */
    static final long LIMIT = 1L << 48;

    private static final int HALF = 1 << 15;
    private static final int CYCLE = 1 << 16;

    private PacketIndex() {}

    /**
     * The index with this sequence number that is nearest to the highest one seen.
     *
     * @param highest the highest index authenticated so far
     * @param sequence 0–65535
     * @return an index; below 0 for a packet from before the first cycle, which cannot be genuine
     */
    static long estimate(long highest, int sequence) {
        long index = (highest & -CYCLE) | sequence;
        long distance = index - highest;
        if (distance > HALF) {
            return index - CYCLE;
        }
        return distance < -HALF ? index + CYCLE : index;
    }
}
