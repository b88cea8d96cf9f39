package dev.parley.sfu.engine.ice;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A remote candidate under check by the {@link IceClient}, with its one running STUN transaction. */
final class CandidatePair {
    /** How a pair stands. */
    enum State {
        /** Not checked yet. */
        WAITING,
        /** A check is out. */
        IN_PROGRESS,
        /** A check was answered. */
        SUCCEEDED,
        /** No answer came, or an error. */
        FAILED
    }

    private static final long FIRST_RTO = 500_000_000L;
    /**
     * No further doubling: media waits, and at 20 requests in 20 s nobody is congested. libwebrtc backs off less still.
     */
    private static final long LONGEST_RTO = 1_000_000_000L;
    private static final int MOST_SENDS = 30;

    private final TransportAddress remote;
    private final long priority;
    private State state = State.WAITING;
    private byte @Nullable [] transactionId;
    private boolean nominating;
    private int sends;
    private long rto;
    private long nextSend;

    CandidatePair(TransportAddress remote, long priority) {
        this.remote = remote;
        this.priority = priority;
    }

    TransportAddress remote() {
        return remote;
    }

    long priority() {
        return priority;
    }

    State state() {
        return state;
    }

    boolean nominating() {
        return nominating;
    }

    boolean isRunning() {
        return transactionId != null;
    }

    long nextSend() {
        return nextSend;
    }

    boolean isAnsweredBy(byte[] id) {
        return transactionId != null && Arrays.equals(transactionId, id);
    }

    /** Begins a transaction. It is due at once. */
    void begin(byte[] id, boolean nominate, long now) {
        transactionId = id;
        nominating = nominate;
        sends = 0;
        rto = FIRST_RTO;
        nextSend = now;
        if (state == State.WAITING) {
            state = State.IN_PROGRESS;
        }
    }

    /** The transaction's id, noted as sent; null when it was sent often enough and the pair failed. */
    byte @Nullable [] sendAgain(long now) {
        if (sends >= MOST_SENDS) {
            fail();
            return null;
        }
        sends++;
        nextSend = now + rto;
        rto = Math.min(2 * rto, LONGEST_RTO);
        return transactionId;
    }

    void succeed() {
        transactionId = null;
        state = State.SUCCEEDED;
    }

    void fail() {
        transactionId = null;
        state = State.FAILED;
    }

    void reset() {
        transactionId = null;
        nominating = false;
        state = State.WAITING;
    }
}
