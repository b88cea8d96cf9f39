package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtcp.RtcpWriter;

/** Loss and jitter of one received stream as RFC 3550 counts them (appendix A.3 and A.8), and its report block. */
public final class ReceptionReport {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int clockRate;
    private boolean started;
    private long base;
    private long highest;
    private long received;
    private long priorExpected;
    private long priorReceived;
    private long lostBefore;
    private int fractionLost;

    private boolean hasTransit;
    private long transit;
    private long jitterTimes16;

    private long lastReport;
    private long lastReportArrival;

    /** Of a stream that has not started. @param clockRate ticks of its timestamps a second */
    public ReceptionReport(int clockRate) {
        this.clockRate = clockRate;
    }

    /** The stream starts, or starts anew after a jump. @param sequence extended */
    public void restart(long sequence) {
        lostBefore = started ? lost() : 0;
        started = true;
        base = sequence;
        highest = sequence - 1;
        received = 0;
        priorExpected = 0;
        priorReceived = 0;
        hasTransit = false;
    }

    /** One packet came as it was first sent, in or out of order. */
    public void received(long now, long sequence, long timestamp) {
        received++;
        if (sequence > highest) {
            highest = sequence;
            updateJitter(now, timestamp);
        }
    }

    /** A retransmission tells that the stream is further than we knew. */
    public void known(long sequence) {
        highest = Math.max(highest, sequence);
    }

    private void updateJitter(long now, long timestamp) {
        // Modulo 2³²: only the difference of two transit times counts.
        long arrival = now / NANOS_PER_SECOND * clockRate + now % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
        long current = arrival - timestamp;
        if (hasTransit) {
            long difference = Math.abs((long) Seq.distance32(current, transit));
            // A step of the media clock is no jitter.
            if (difference < 5L * clockRate) {
                jitterTimes16 += difference - (jitterTimes16 + 8 >> 4);
            }
        }
        transit = current;
        hasTransit = true;
    }

    /** A sender report came. */
    public void senderReport(long now, long ntp) {
        lastReport = Ntp.compact(ntp);
        lastReportArrival = now;
    }

    long lost() {
        return started ? lostBefore + highest - base + 1 - received : 0;
    }

    int fractionLost() {
        return fractionLost;
    }

    long jitter() {
        return jitterTimes16 >> 4;
    }

    /** Appends the block of an interval that ends now. @return whether it fit, and there was anything to say */
    public boolean append(long now, long ssrc, RtcpWriter writer) {
        if (!started) {
            return false;
        }
        long expected = highest - base + 1;
        long expectedNow = expected - priorExpected;
        long lostNow = expectedNow - (received - priorReceived);
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        long delay = lastReport == 0 ? 0 : Ntp.compactDuration(now - lastReportArrival);
        if (!writer.reportBlock(ssrc, fraction, lost(), Seq.wire32(highest), jitter(), lastReport, delay)) {
            return false;
        }
        fractionLost = fraction;
        priorExpected = expected;
        priorReceived = received;
        return true;
    }
}
