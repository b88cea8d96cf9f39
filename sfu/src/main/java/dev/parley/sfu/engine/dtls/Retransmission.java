package dev.parley.sfu.engine.dtls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our last flight and the timer that sends it again (RFC 6347, 4.2.4). A flight goes out again when its answer does not
 * come in time, and when the peer shows by repeating the last message of its own flight that ours was lost. The latter
 * no more often than ten times a second, so that a flood of repeats is not answered by a greater one.
 */
final class Retransmission {
    private static final long LEAST_PAUSE = 100_000_000L;

    private final RecordLayer records;
    private final DtlsConfig config;
    private @Nullable Flight flight;
    private int answersSequence = -1;
    private int answersEpoch;
    private long interval;
    private long lastSent;
    private long due = Long.MAX_VALUE;

    Retransmission(RecordLayer records, DtlsConfig config) {
        this.records = records;
        this.config = config;
    }

    /** When the flight is to go out again; Long.MAX_VALUE for never. */
    long due() {
        return due;
    }

    /** Whether any flight has gone out. */
    boolean hasBegun() {
        return flight != null;
    }

    /** Whether our Finished has gone out, so that we write in epoch 1 now. */
    boolean isFinal() {
        return flight != null && flight.isFinal();
    }

    /**
     * Sends a new flight.
     *
     * @param awaitsAnswer whether the timer is to run
     */
    List<byte[]> send(Flight next, boolean awaitsAnswer, long now) {
        flight = next;
        interval = config.firstRetransmission().toNanos();
        due = awaitsAnswer ? now + interval : Long.MAX_VALUE;
        return datagrams(next, now);
    }

    /** Notes which message of the peer completed the flight that ours answers. */
    void answers(HandshakeMessage message) {
        answersSequence = message.sequence();
        answersEpoch = message.epoch();
    }

    /** Stops the timer: the answer is here. */
    void stop() {
        due = Long.MAX_VALUE;
    }

    /** The datagrams to send if the timer has run out; it then runs twice as long, up to the longest. */
    List<byte[]> timeout(long now) {
        var current = flight;
        if (current == null || now < due) {
            return List.of();
        }
        interval = Math.min(2 * interval, config.longestRetransmission().toNanos());
        due = now + interval;
        return datagrams(current, now);
    }

    /** The datagrams to send because the peer repeated a message. */
    List<byte[]> repeated(int sequence, int epoch, long now) {
        var current = flight;
        boolean last = sequence == answersSequence && epoch == answersEpoch;
        if (current == null || !last || now - lastSent < LEAST_PAUSE) {
            return List.of();
        }
        if (due != Long.MAX_VALUE) {
            due = now + interval;
        }
        return datagrams(current, now);
    }

    private List<byte[]> datagrams(Flight current, long now) {
        lastSent = now;
        return current.datagrams(records, config.maxDatagram());
    }
}
