package dev.parley.sfu.engine.stream;

/**
 * Keeps retransmissions at or below a quarter of the media, in bytes, so that a receiver that NACKs everything gets no
 * amplification. A token bucket: every four bytes of media earn one, up to {@link #MAX_TOKENS}; a new stream starts
 * with {@link #INITIAL_TOKENS}, so that early losses can be repaired.
 */
final class RetransmissionBudget {
    static final int INITIAL_TOKENS = 8 * 1024;
    static final int MAX_TOKENS = 64 * 1024;
    private static final int SHARE = 4;

    // In units of 1/SHARE byte.
    private long tokens = (long) INITIAL_TOKENS * SHARE;

    void sent(int bytes) {
        tokens = Math.min(tokens + bytes, (long) MAX_TOKENS * SHARE);
    }

    boolean take(int bytes) {
        long cost = (long) bytes * SHARE;
        if (cost > tokens) {
            return false;
        }
        tokens -= cost;
        return true;
    }
}
