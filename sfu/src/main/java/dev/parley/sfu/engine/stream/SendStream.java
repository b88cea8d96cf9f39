package dev.parley.sfu.engine.stream;

import dev.parley.sfu.wire.Ntp;
import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtcp.RtcpWriter;

/**
 * One stream that is sent: remembers what went out, decides what is sent again, makes sender reports, takes receiver
 * reports. The packets themselves are written by {@code engine.forward}. Belongs to one lane.
 */
public final class SendStream {
    private static final long DEFAULT_ROUND_TRIP_NANOS = 50_000_000;
    private static final long MIN_RESEND_NANOS = 10_000_000;
    private static final long MAX_ROUND_TRIP_NANOS = 10_000_000_000L;
    /** As often as a browser asks for one packet. With three, one of 1,200 was never repaired where a tenth is lost. */
    private static final int MAX_RESENDS = NackList.MAX_TRIES;
    private static final int MAX_PENDING = 256;
    private static final int REPORTS_REMEMBERED = 4;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final SendStreamConfig config;
    private final PacketRing ring;
    private final MediaClock clock;
    private final SentLog log;
    private final RetransmissionBudget budget = new RetransmissionBudget();
    private final RateMeter rate = new RateMeter();

    /** Taken at the first NACK. */
    private int[] pending = {};

    private int pendingHead;
    private int pendingCount;
    private int rtxSequence;

    // The newest packet sent, for reports: when its original arrived, its timestamp, and how far that was moved.
    private long newestArrival;
    private long newestTimestamp;
    private long timestampOffset;
    private final long[] reportIds = new long[REPORTS_REMEMBERED];
    private final long[] reportTimes = new long[REPORTS_REMEMBERED];
    private int reports;

    private long packets;
    private long bytes;
    private long payloadBytes;
    private long resentPackets;
    private long resentBytes;
    private long refused;
    private long nackCount;
    private long pliCount;
    private long firCount;
    private long packetsLost;
    private int fractionLost;
    private long jitter;
    private long roundTrip;

    /** A stream before its first packet. @param ring where the packets lie @param clock of the stream they come from */
    public SendStream(SendStreamConfig config, PacketRing ring, MediaClock clock) {
        this.config = config;
        this.ring = ring;
        this.clock = clock;
        log = new SentLog(ring.capacity());
        rtxSequence = config.firstRtxSequence();
    }

    /** What was negotiated. */
    public SendStreamConfig config() {
        return config;
    }

    /**
     * A media packet goes out for the first time.
     *
     * @param packet where it comes from
     * @param sequence its outgoing sequence number, extended
     * @param timestamp its outgoing timestamp
     * @param sendTime its absolute send time, and
     * @param transportNumber its transport-wide number: a packet that is sent again without RTX must be the same to
     *     the last bit, since its SRTP nonce is
     * @param packetLength its RTP bytes
     */
    public void sent(
            long now,
            RingPacket packet,
            long sequence,
            long timestamp,
            int sendTime,
            int transportNumber,
            int packetLength) {
        log.add(sequence, packet.position(), timestamp, sendTime, transportNumber);
        if (packets == 0 || Seq.distance32(timestamp, newestTimestamp) >= 0) {
            newestTimestamp = Seq.wire32(timestamp);
            newestArrival = packet.arrival();
            timestampOffset = timestamp - packet.timestamp();
        }
        packets++;
        bytes += packetLength;
        payloadBytes += packet.payloadLength();
        rate.add(now, packetLength);
        budget.sent(packetLength);
    }

    /** A packet goes out again. */
    public void sentAgain(long now, RingPacket packet, int packetLength) {
        resentPackets++;
        resentBytes += packetLength;
        rate.add(now, packetLength);
        if (config.rtxSsrc().isEmpty()) {
            payloadBytes += packet.payloadLength();
        }
    }

    /** A NACK message about this stream came; {@link #onNack} follows for each of its entries. */
    public void onNackMessage() {
        nackCount++;
    }

    /** The receiver lacks a packet and, by the mask, some of the 16 that follow (RFC 4585, 6.2.1). */
    public void onNack(long now, int pid, int blp) {
        if (!config.nack()) {
            return;
        }
        wanted(now, pid);
        for (int rest = blp & 0xffff; rest != 0; rest &= rest - 1) {
            wanted(now, pid + 1 + Integer.numberOfTrailingZeros(rest));
        }
    }

    private void wanted(long now, int number) {
        int slot = log.find(number & 0xffff);
        if (slot == SentLog.NONE
                || log.resends(slot) >= MAX_RESENDS
                || pendingCount == MAX_PENDING
                || !ring.isReadable(log.position(slot))) {
            refused++;
            return;
        }
        long interval = Math.max(MIN_RESEND_NANOS, roundTrip == 0 ? DEFAULT_ROUND_TRIP_NANOS : roundTrip);
        if (log.resends(slot) > 0 && now - log.lastResent(slot) < interval) {
            // The answer to an earlier NACK may still be on its way.
            return;
        }
        if (pending.length == 0) {
            pending = new int[MAX_PENDING];
        }
        log.resent(slot, now);
        pending[pendingHead + pendingCount++ & MAX_PENDING - 1] = slot;
    }

    /**
     * Takes the next packet that is to be sent again, within the limit on retransmissions.
     *
     * @param into gets its metadata
     * @return a handle for {@link #resendSequence} and its like, valid until the next packet is sent; −1 when there
     *     is none
     */
    public int nextResend(RingPacket into) {
        while (pendingCount > 0) {
            int slot = pending[pendingHead];
            pendingHead = pendingHead + 1 & MAX_PENDING - 1;
            pendingCount--;
            if (into.load(ring, log.position(slot)) && budget.take(into.packetLength())) {
                return slot;
            }
            refused++;
        }
        return -1;
    }

    /** The extended sequence number under which a packet was sent. */
    public long resendSequence(int handle) {
        return log.sequence(handle);
    }

    /** The timestamp with which it was sent. */
    public long resendTimestamp(int handle) {
        return log.timestamp(handle);
    }

    /** The absolute send time with which it was sent. */
    public int resendSendTime(int handle) {
        return log.sendTime(handle);
    }

    /** The transport-wide number with which it was sent. */
    public int resendTransportNumber(int handle) {
        return log.transportNumber(handle);
    }

    /** The next RTX sequence number, 0–65535. */
    public int nextRtxSequence() {
        int sequence = rtxSequence;
        rtxSequence = sequence + 1 & 0xffff;
        return sequence;
    }

    /** A PLI about this stream came. */
    public void onPli() {
        pliCount++;
    }

    /** A FIR about this stream came. */
    public void onFir() {
        firCount++;
    }

    /**
     * The receiver's report block about this stream came (RFC 3550, 6.4.1).
     *
     * @param lastSenderReport LSR
     * @param delay DLSR, in 1/65536 s
     */
    public void onReportBlock(
            long now, int fractionLost, int cumulativeLost, long jitter, long lastSenderReport, long delay) {
        this.fractionLost = fractionLost;
        packetsLost = cumulativeLost;
        this.jitter = jitter;
        for (int i = 0; i < Math.min(reports, REPORTS_REMEMBERED); i++) {
            if (lastSenderReport != 0 && reportIds[i] == lastSenderReport) {
                long measured = now - reportTimes[i] - Ntp.compactToNanos(delay);
                // A receiver may lie, and its clock may run a little fast.
                roundTrip = Math.clamp(measured, 1, MAX_ROUND_TRIP_NANOS);
            }
        }
    }

    /** The last round-trip time, ns; 0 before the first. */
    public long roundTripNanos() {
        return roundTrip;
    }

    /**
     * Appends a sender report and the source description.
     *
     * @param ntpNow the wall clock at {@code now}; the same function of {@code now} for all streams of a transport
     * @return false when nothing was sent yet, or it does not fit
     */
    public boolean appendReport(long now, long ntpNow, RtcpWriter writer) {
        if (packets == 0
                || !writer.senderReport(config.ssrc(), ntpNow, timestampAt(now), packetsInReport(), payloadBytes)) {
            return false;
        }
        reportIds[reports % REPORTS_REMEMBERED] = Ntp.compact(ntpNow);
        reportTimes[reports % REPORTS_REMEMBERED] = now;
        reports++;
        return writer.sourceDescription(config.ssrc(), config.cname());
    }

    /**
     * Appends the last report and a goodbye (RFC 3550, 6.6), into an empty datagram.
     *
     * @param ntpNow as in {@link #appendReport}
     * @return false when nothing was ever sent: then there is nobody to say goodbye to
     */
    public boolean appendGoodbye(long now, long ntpNow, RtcpWriter writer) {
        return appendReport(now, ntpNow, writer) && writer.bye(config.ssrc());
    }

    private long packetsInReport() {
        return config.rtxSsrc().isEmpty() ? packets + resentPackets : packets;
    }

    /**
     * What the outgoing timestamps say now: by the source's own report when there is one, else by the newest packet's
     * arrival.
     */
    private long timestampAt(long now) {
        var reported = clock.latest();
        return reported == null
                ? newestTimestamp + units(now - newestArrival)
                : reported.timestamp() + timestampOffset + units(now - reported.nanos());
    }

    private long units(long nanos) {
        long rate = config.clockRate();
        return nanos / NANOS_PER_SECOND * rate + nanos % NANOS_PER_SECOND * rate / NANOS_PER_SECOND;
    }

    /** Media packets sent so far; any thread, a moment old. */
    public long packets() {
        return packets;
    }

    /** Their RTP bytes; any thread, a moment old. */
    public long bytes() {
        return bytes;
    }

    /** Packets sent again; any thread, a moment old. */
    public long resent() {
        return resentPackets;
    }

    /** The numbers so far. */
    public SendStats stats(long now) {
        return new SendStats(
                packets,
                bytes,
                resentPackets,
                resentBytes,
                refused,
                nackCount,
                pliCount,
                firCount,
                packetsLost,
                fractionLost,
                jitter,
                roundTrip,
                rate.bitrate(now));
    }
}
