package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Ntp;

/**
 * Maps a remote party's wall clock to our monotonic time. All streams of one party share one, so that what was captured
 * at the same time keeps the same time here, whatever the network did to the single sender report: sound and picture
 * stay together.
 */
public final class RemoteClock {
    /** A larger disagreement is a step of the remote clock, or drift that has added up; the mapping starts anew. */
    private static final long MAX_ERROR_NANOS = 500_000_000;

    private boolean known;
    private long offset;

    /** Our time of an instant that the remote party has just reported. */
    long toLocal(long now, long ntp) {
        long remote = Ntp.toNanos(ntp);
        if (!known || Math.abs(now - remote - offset) > MAX_ERROR_NANOS) {
            offset = now - remote;
            known = true;
        }
        return remote + offset;
    }
}
