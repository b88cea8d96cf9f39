package dev.parley.server.room;

import java.time.Duration;

/**
 * How long a seat is kept for somebody whose connection ended.
 *
 * @param lost after a broken connection, if no media comes
 * @param reload after the page went away: it may be loading again
 * @param restart after the start of a server that knows the seat from before
 */
public record Grace(Duration lost, Duration reload, Duration restart) {
    /** What a connection that fell silent has more: a sleeping computer looks like that. */
    private static final Duration SILENT_MORE = Duration.ofSeconds(25);

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofSeconds(5);

    /** As {@link #lost()}, for this way of ending. */
    Duration of(ConnectionEnd end) {
        return switch (end) {
            case CLOSED -> lost;
            case SILENT -> lost.plus(SILENT_MORE);
            case PAGE_GONE -> reload;
        };
    }

    /** Media counts as flowing until nothing has come for so long. */
    Duration quiet() {
        return lost.compareTo(QUIET) < 0 ? lost : QUIET;
    }

    /** How often it is looked at. */
    Duration poll() {
        var half = lost.dividedBy(2);
        return half.compareTo(POLL) < 0 ? half : POLL;
    }
}
