package dev.parley.sfu.testing;

import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.TransportCc;
import java.util.TreeMap;

/** What the other side says about the arrival of what was sent: the sending side of transport-cc. */
public final class TwccView {
    /** When each number was sent, by this side's clock, in ns. */
    private final TreeMap<Long, Long> sentAt = new TreeMap<>();

    private long next;
    private long acknowledged;
    private long missing;
    private long feedbacks;
    private long malformed;
    private long largestError;
    private long offset = Long.MIN_VALUE;
    private long highestReported;

    /** Numbers one packet. */
    int number(long now) {
        sentAt.put(next, now);
        if (sentAt.size() > 5_000) {
            sentAt.pollFirstEntry();
        }
        return (int) (next++ & 0xffff);
    }

    void feedback(RtcpReader reader) {
        feedbacks++;
        boolean whole = TransportCc.visit(reader, (number, received, ticks) -> {
            long extended = Seq.unwrap16(highestReported, number);
            highestReported = Math.max(highestReported, extended);
            if (!received) {
                missing++;
                return;
            }
            acknowledged++;
            var sent = sentAt.get(extended);
            if (sent != null) {
                long travel = ticks * TransportCc.TICK_NANOS - sent;
                offset = offset == Long.MIN_VALUE ? travel : offset;
                largestError = Math.max(largestError, Math.abs(travel - offset));
            }
        });
        malformed += whole ? 0 : 1;
    }

    /** Packets reported as arrived. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Packets reported as not arrived. */
    public long missing() {
        return missing;
    }

    /** Feedback packets. */
    public long feedbacks() {
        return feedbacks;
    }

    /** Feedback packets that did not parse. */
    public long malformed() {
        return malformed;
    }

    /** How much a reported arrival deviates at most from the first one's time on the way, in ns. */
    public long largestError() {
        return largestError;
    }

    /** Packets numbered. */
    public long numbered() {
        return next;
    }
}
