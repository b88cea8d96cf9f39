package dev.parley.bench.forward;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * What one stretch of load cost.
 *
 * @param sent packets that the publisher sent
 * @param delivered packets that the subscribers got
 * @param wrong packets of those that were looked at that were not authentic
 * @param forwardingNanos processor time of the threads that forward
 * @param processNanos processor time of the whole process
 * @param allocated bytes that the forwarding threads allocated; −1 where not known
 */
record Measurement(
        long sent, long delivered, long wrong, long forwardingNanos, long processNanos, long allocated) {
    private static final long DRAIN_EVERY_NANOS = 4_000_000;
    private static final long SETTLE_NANOS = 50_000_000;
    private static final long LATE_NANOS = 3_000_000_000L;

    /** Microseconds of the forwarding threads' time for each delivered packet. */
    double microsPerPacket() {
        return forwardingNanos / 1e3 / delivered;
    }

    /** Microseconds of the whole process' time for each delivered packet. */
    double processMicrosPerPacket() {
        return processNanos / 1e3 / delivered;
    }

    /** Loads a subject for a while and measures it from start to end. */
    static Measurement of(
            Subject subject, Traffic traffic, Publisher publisher, Sinks sinks, long nanos)
            throws IOException {
        var cpu = new ProcessCpu(subject.pid());
        sinks.drain(traffic.fanOut());
        long allocated = subject.allocated();
        long process = cpu.nanos();
        long forwarding = cpu.nanos(subject.threads());
        long received = sinks.received();
        long wrong = sinks.wrong();
        long sent = publisher.sent();
        run(traffic, publisher, sinks, traffic.intervalNanos(), nanos);
        forwarding = cpu.nanos(subject.threads()) - forwarding;
        process = cpu.nanos() - process;
        allocated = allocated < 0 ? -1 : subject.allocated() - allocated;
        return new Measurement(
                publisher.sent() - sent,
                sinks.received() - received,
                sinks.wrong() - wrong,
                forwarding,
                process,
                allocated);
    }

    private static void run(Traffic traffic, Publisher publisher, Sinks sinks, long interval, long nanos)
            throws IOException {
        long start = System.nanoTime();
        long next = start;
        long drained = start;
        while (next - start < nanos) {
            publisher.burst();
            next += interval;
            if (next - drained >= DRAIN_EVERY_NANOS) {
                sinks.drain(traffic.fanOut());
                drained = next;
            }
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        awaitSilence(traffic, sinks, System.nanoTime() + LATE_NANOS);
    }

    /** Who fell behind delivers late, to sockets that are the next one's as well: nobody else may be measured before that has ended. */
    private static void awaitSilence(Traffic traffic, Sinks sinks, long deadline) {
        long before;
        do {
            before = sinks.received();
            LockSupport.parkNanos(SETTLE_NANOS);
            sinks.drain(traffic.fanOut());
        } while (sinks.received() != before && System.nanoTime() < deadline);
    }
}
