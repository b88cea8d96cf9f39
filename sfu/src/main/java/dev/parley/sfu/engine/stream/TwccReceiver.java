package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtcp.TransportCc;
import java.util.Arrays;

/**
 * Records when a transport's packets arrive, by their transport-wide sequence number, and reports it to their sender
 * every 100 ms at a resolution of 250 µs, so that it can estimate its bandwidth. One per transport, for all its
 * streams.
 */
public final class TwccReceiver {
    private static final long INTERVAL_NANOS = 100_000_000;
    /** Arrivals after which a report is due early. */
    private static final int MAX_ARRIVALS = 200;
    /** Statuses in one report: at worst 2 bytes and 2/7 byte each, so that it stays below 1200 bytes. */
    private static final int MAX_STATUSES = 480;
    /** How many numbers are remembered; a power of two. */
    private static final int WINDOW = 4096;
    /** How far back a late packet moves the next report's start. */
    private static final int MAX_REWIND = 512;

    private static final long NOT_ARRIVED = Long.MIN_VALUE;

    private final long localSsrc;
    /** Taken at the first arrival: a transport that only sends, or that is muted, never needs them. */
    private long[] arrivals = {};

    private int[] deltas = {};
    private boolean started;
    private long highest;
    private long nextToReport;
    private long due = Long.MAX_VALUE;
    private int unreported;
    private int feedbackCount;
    private long mediaSsrc;

    /** @param localSsrc the SSRC under which feedback is sent */
    public TwccReceiver(long localSsrc) {
        this.localSsrc = localSsrc;
    }

    /** A packet arrived. @param number its transport-wide sequence number, 0–65535 @param ssrc its stream */
    public void arrived(long now, int number, long ssrc) {
        long sequence = started ? Seq.unwrap16(highest, number) : number;
        if (!started || Math.abs(sequence - highest) >= WINDOW) {
            restart(sequence);
        } else if (sequence > highest) {
            for (long s = highest + 1; s < sequence; s++) {
                arrivals[slot(s)] = NOT_ARRIVED;
            }
            highest = sequence;
            // Whatever would be overwritten can be reported no more.
            nextToReport = Math.max(nextToReport, highest - WINDOW + 1);
        } else if (sequence < highest - MAX_REWIND || arrivals[slot(sequence)] != NOT_ARRIVED) {
            return;
        }
        nextToReport = Math.min(nextToReport, sequence);
        arrivals[slot(sequence)] = Math.floorDiv(now, TransportCc.TICK_NANOS);
        mediaSsrc = ssrc;
        unreported++;
        due = unreported >= MAX_ARRIVALS ? now : Math.min(due, now + INTERVAL_NANOS);
    }

    private void restart(long sequence) {
        if (!started) {
            arrivals = new long[WINDOW];
            deltas = new int[MAX_STATUSES];
        }
        started = true;
        Arrays.fill(arrivals, NOT_ARRIVED);
        highest = sequence;
        nextToReport = sequence;
    }

    /** When {@link #timeout} must be called; {@link Long#MAX_VALUE} when nothing is to be reported. */
    public long nextTimeout() {
        return due;
    }

    /**
     * Appends one report if it is due and fits. There may be more to report: {@link #nextTimeout} is in the past then,
     * and another datagram takes it. Room of 1200 bytes is always enough.
     *
     * @return whether one was appended
     */
    public boolean timeout(long now, RtcpWriter writer) {
        if (due > now) {
            return false;
        }
        long first = firstArrival();
        if (first > highest) {
            nothingLeft();
            return false;
        }
        // Packets lost before the first that arrived are part of the report.
        long base = Math.max(nextToReport, first - MAX_STATUSES + 1);
        long reference = Math.floorDiv(arrivals[slot(first)], (long) TransportCc.TICKS_PER_REFERENCE);
        int count = collect(base, reference * TransportCc.TICKS_PER_REFERENCE);
        if (!writer.transportCc(
                localSsrc, mediaSsrc, Seq.wire16(base), reference, feedbackCount & 0xff, deltas, count)) {
            return false;
        }
        feedbackCount++;
        nextToReport = base + count;
        if (firstArrival() > highest) {
            nothingLeft();
        }
        return true;
    }

    private long firstArrival() {
        long sequence = nextToReport;
        while (sequence <= highest && arrivals[slot(sequence)] == NOT_ARRIVED) {
            sequence++;
        }
        return sequence;
    }

    private void nothingLeft() {
        due = Long.MAX_VALUE;
        unreported = 0;
    }

    /** Fills the deltas from a number on, as far as they can be expressed. @return how many */
    private int collect(long base, long referenceTicks) {
        int count = 0;
        int reported = 0;
        long previous = referenceTicks;
        for (long s = base; s <= highest && count < MAX_STATUSES; s++) {
            long arrival = arrivals[slot(s)];
            if (arrival == NOT_ARRIVED) {
                deltas[count++] = RtcpWriter.NOT_RECEIVED;
                continue;
            }
            long delta = arrival - previous;
            if (delta != (short) delta) {
                // More than 8 s: the next report starts here with a reference time of its own.
                break;
            }
            deltas[count++] = (int) delta;
            previous = arrival;
            reported = count;
        }
        // Trailing numbers that have not come yet are left to the next report, which starts with them.
        return reported;
    }

    private static int slot(long sequence) {
        return (int) sequence & WINDOW - 1;
    }
}
