package dev.parley.sfu.testing;

import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.TransportCc;
import java.util.Map;
import java.util.TreeMap;

/** When transport-wide numbered packets arrived, and the feedback about them: the receiving side of transport-cc. */
final class TwccLog {
    private static final int MOST = 500;

    private final TreeMap<Long, Long> arrivals = new TreeMap<>();
    private long highest = -1;
    private long reported = -1;
    private int feedbacks;

    void arrived(long now, int number) {
        long extended = highest < 0 ? number : Seq.unwrap16(highest, number);
        highest = Math.max(highest, extended);
        if (extended > reported) {
            arrivals.putIfAbsent(extended, now);
        }
    }

    /** Appends a feedback about what came since the last one. @return whether there was anything to say */
    boolean write(RtcpWriter writer, long senderSsrc, long mediaSsrc) {
        if (arrivals.isEmpty()) {
            return false;
        }
        long base = reported < 0 ? arrivals.firstKey() : reported + 1;
        long end = Math.min(arrivals.lastKey(), base + MOST - 1);
        long reference = arrivals.firstEntry().getValue() / TransportCc.TICK_NANOS / TransportCc.TICKS_PER_REFERENCE;
        long ticks = reference * TransportCc.TICKS_PER_REFERENCE;
        var deltas = new int[(int) (end - base + 1)];
        for (int i = 0; i < deltas.length; i++) {
            var at = arrivals.get(base + i);
            deltas[i] = RtcpWriter.NOT_RECEIVED;
            if (at != null) {
                long arrived = at / TransportCc.TICK_NANOS;
                deltas[i] = (int) Math.clamp(arrived - ticks, Short.MIN_VALUE, Short.MAX_VALUE);
                ticks += deltas[i];
            }
        }
        if (!writer.transportCc(senderSsrc, mediaSsrc, (int) base, reference, feedbacks, deltas, deltas.length)) {
            return false;
        }
        feedbacks++;
        reported = end;
        arrivals.headMap(end, true).clear();
        return true;
    }

    Map<Long, Long> pending() {
        return arrivals;
    }
}
