package dev.parley.sfu.lane;

import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.TwccReceiver;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When a transport sends which RTCP: reports about once a second; NACKs, key-frame requests and transport-wide
 * feedback when they are due.
 */
final class RtcpReports {
    private static final long INTERVAL_NANOS = 1_000_000_000L;
    /** The first reports come early, because receivers put sound and picture together by them. */
    private static final long FIRST_NANOS = 200_000_000L;
    /** A sender report with the longest source description. */
    private static final int SENDER_REPORT = 28 + 268;
    private static final int RECEIVER_REPORT = 8;
    private static final int REPORT_BLOCK = 24;

    private final LaneCore lane;
    private final RtpOutput output;
    private final TwccReceiver twcc;
    private final long localSsrc;
    /** Nobody gains by guessing it, and a secure one makes garbage. */
    private final SplittableRandom random;
    private long reportsAt;

    RtcpReports(LaneCore lane, RtpOutput output, TwccReceiver twcc, long localSsrc, long now) {
        this.lane = lane;
        this.output = output;
        this.twcc = twcc;
        this.localSsrc = localSsrc;
        random = new SplittableRandom(lane.random().nextLong());
        reportsAt = now + FIRST_NANOS;
    }

    /** When a NACK or a key-frame request is due. */
    long nextRequest(List<ProducerCore> producers) {
        var next = Timers.NEVER;
        for (var i = 0; i < producers.size(); i++) {
            var producer = producers.get(i);
            next = Math.min(next, producer.nextRequest());
        }
        return next;
    }

    /** When a report or transport-wide feedback is due, both of which can wait for a while. */
    long nextReport(List<ProducerCore> producers, List<ConsumerCore> consumers) {
        var reports = producers.isEmpty() && consumers.isEmpty() ? Timers.NEVER : reportsAt;
        return Math.min(twcc.nextTimeout(), reports);
    }

    void timeout(long now, List<ProducerCore> producers, List<ConsumerCore> consumers) {
        for (var i = 0; i < producers.size(); i++) {
            var producer = producers.get(i);
            var stream = producer.stream();
            if (stream != null && stream.nextTimeout() <= now) {
                stream.timeout(now, output.beginRtcp());
                output.endRtcp();
            }
        }
        if (twcc.nextTimeout() <= now) {
            twcc.timeout(now, output.beginRtcp());
            output.endRtcp();
        }
        if (now >= reportsAt) {
            report(now, producers, consumers);
            // Spread by half either way, so that transports do not report in step (RFC 3550, 6.3.5).
            reportsAt = now + (long) (INTERVAL_NANOS * (0.5 + random.nextDouble()));
        }
    }

    /** As few compounds as hold a report of each stream sent and a block for each received. */
    private void report(long now, List<ProducerCore> producers, List<ConsumerCore> consumers) {
        var writer = output.beginRtcp();
        for (var i = 0; i < consumers.size(); i++) {
            var consumer = consumers.get(i);
            if (writer.remaining() < SENDER_REPORT) {
                output.endRtcp();
                writer = output.beginRtcp();
            }
            consumer.appendReport(now, lane.ntp(now), writer);
        }
        reportReceived(now, producers, writer);
        output.endRtcp();
    }

    private void reportReceived(long now, List<ProducerCore> producers, RtcpWriter first) {
        var writer = first;
        var inReport = false;
        for (var i = 0; i < producers.size(); i++) {
            var producer = producers.get(i);
            var stream = producer.stream();
            if (stream == null || stream.ring().published() == PacketRing.NONE) {
                continue;
            }
            if (inReport && stream.appendReportBlock(now, writer)) {
                continue;
            }
            // The first block, or the report is full.
            if (writer.remaining() < RECEIVER_REPORT + REPORT_BLOCK) {
                output.endRtcp();
                writer = output.beginRtcp();
            }
            inReport = writer.receiverReport(localSsrc) && stream.appendReportBlock(now, writer);
        }
    }
}
