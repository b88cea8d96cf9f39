package dev.parley.sfu.engine.stream;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.stream.RecvStreamConfig.KeyFrameRequest;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpPacket;

/**
 * One encoding that is received: the decrypted packets go into its {@link PacketRing}, and what must go back to the
 * sender (NACKs, key-frame requests, report blocks) comes out. Belongs to one lane.
 *
 * <p>For each datagram: {@code long at = ring().claim()}, decrypt it to there in {@code ring().memory()}, then call
 * {@link #receive}. After a batch, and at {@link #nextTimeout}, call {@link #timeout}; about once a second call
 * {@link #appendReportBlock}.
 */
public final class RecvStream {
    /** Until a round trip has been measured. */
    private static final long DEFAULT_ROUND_TRIP_NANOS = 100_000_000;

    private static final long MIN_RETRY_NANOS = 20_000_000;
    private static final long MAX_RETRY_NANOS = 1_000_000_000;
    private static final int MAX_NACKS_AT_ONCE = 256;
    /** Bytes of RTCP: a NACK without entries, an entry, the longer of PLI and FIR. */
    private static final int NACK_HEADER = 12;

    private static final int NACK_ENTRY = 4;
    private static final int KEY_FRAME_REQUEST = 20;

    private final RecvStreamConfig config;
    private final long localSsrc;
    private final RemoteClock remoteClock;
    private final DropCounters drops;
    private final PacketRing ring;
    private final MediaClock clock = new MediaClock();
    private final RtpPacket packet = new RtpPacket();
    private final SequenceTracker tracker;
    private final ReceptionReport report;
    private final NackList nacks = new NackList();
    private final long[] nacked = new long[MAX_NACKS_AT_ONCE];
    private final KeyFrameGate gate = new KeyFrameGate();
    private final RateMeter rate = new RateMeter();
    private final long rtxSsrc;
    private final int rtxPayloadType;

    private long keyFrameTimestamp = -1;
    private long roundTrip;
    private int firNumber;
    private long packets;
    private long bytes;
    private long repaired;
    private long discarded;
    private long nackCount;
    private long nackedPackets;
    private long pliCount;
    private long firCount;
    private long byeCount;
    private long keyFrames;

    /**
     * A stream before its first packet.
     *
     * @param localSsrc the SSRC under which feedback is sent
     * @param remoteClock one for all streams of the same sender
     * @param drops where dropped packets are counted
     */
    public RecvStream(RecvStreamConfig config, long localSsrc, RemoteClock remoteClock, DropCounters drops) {
        this.config = config;
        this.localSsrc = localSsrc;
        this.remoteClock = remoteClock;
        this.drops = drops;
        ring = new PacketRing(config.ringCapacity());
        tracker = new SequenceTracker(config.ringCapacity());
        report = new ReceptionReport(config.clockRate());
        rtxSsrc = config.rtxSsrc().orElse(-1);
        rtxPayloadType = config.rtxPayloadType().orElse(-1);
    }

    /** The received packets. */
    public PacketRing ring() {
        return ring;
    }

    /** How their timestamps relate to time. */
    public MediaClock clock() {
        return clock;
    }

    /** What was negotiated. */
    public RecvStreamConfig config() {
        return config;
    }

    /** The packet that {@link #receive} looked at last, until the next call. */
    public RtpPacket packet() {
        return packet;
    }

    /**
     * Takes the plain packet that lies in the ring's claimed slot: media or RTX.
     *
     * @param now monotonic nanoseconds
     * @param length in bytes, at most {@link PacketRing#MAX_PACKET}
     * @return its position in the ring, or −(ordinal of the {@link Drop} + 1); the drop has been counted then
     */
    public long receive(long now, int length) {
        if (!packet.wrap(ring.memory(), ring.claim(), length)) {
            return drop(Drop.RTP_MALFORMED);
        }
        if (packet.ssrc() == config.ssrc()) {
            return packet.payloadType() == config.payloadType()
                    ? receiveMedia(now)
                    : drop(Drop.UNKNOWN_PAYLOAD_TYPE);
        }
        if (packet.ssrc() != rtxSsrc) {
            return drop(Drop.UNDECLARED_STREAM);
        }
        return packet.payloadType() == rtxPayloadType ? receiveRtx(now) : drop(Drop.UNKNOWN_PAYLOAD_TYPE);
    }

    private long receiveMedia(long now) {
        rate.add(now, packet.length());
        long before = tracker.highest();
        int verdict = tracker.media(packet.sequenceNumber());
        if (verdict < SequenceTracker.LATE) {
            return discard(verdict);
        }
        long sequence = tracker.extend(packet.sequenceNumber());
        if (verdict == SequenceTracker.RESTART) {
            restart(now, sequence);
        }
        packets++;
        bytes += packet.length();
        report.received(now, sequence, packet.timestamp());
        noteGap(now, verdict, before, sequence);
        return publish(now, sequence, 0);
    }

    /** RFC 4588, 4: the payload begins with the original sequence number (OSN), 16 bits. */
    private long receiveRtx(long now) {
        rate.add(now, packet.length());
        if (packet.payloadLength() < 2) {
            // A bandwidth probe of padding alone repairs nothing.
            return drop(Drop.PADDING_ONLY);
        }
        int number = Bytes.u16(packet.segment(), packet.offset() + packet.headerLength());
        long before = tracker.highest();
        int verdict = tracker.retransmitted(number);
        if (verdict < SequenceTracker.LATE) {
            return discard(verdict);
        }
        long sequence = tracker.extend(number);
        repaired++;
        report.known(sequence);
        long asked = noteGap(now, verdict, before, sequence);
        if (asked != Long.MIN_VALUE) {
            // Asked for exactly once, so this is the answer to that (Karn).
            long sample = now - asked;
            roundTrip = roundTrip == 0 ? sample : roundTrip + (sample - roundTrip) / 8;
        }
        return publish(now, sequence, 2);
    }

    private long noteGap(long now, int verdict, long before, long sequence) {
        if (!config.nack()) {
            return Long.MIN_VALUE;
        }
        if (verdict == SequenceTracker.NEWEST && sequence > before + 1 && !nacks.add(now, before + 1, sequence)) {
            requestKeyFrame(now);
        }
        return verdict == SequenceTracker.LATE ? nacks.remove(sequence) : Long.MIN_VALUE;
    }

    private void restart(long now, long sequence) {
        report.restart(sequence);
        nacks.clearBefore(sequence);
        clock.clear();
        if (ring.published() != PacketRing.NONE) {
            requestKeyFrame(now);
        }
    }

    private long publish(long now, long sequence, int prefix) {
        int descriptor = config.extensions().id(RtpExtension.DEPENDENCY_DESCRIPTOR);
        boolean keyFrame = config.format()
                .startsKeyFrame(
                        packet.segment(),
                        packet.offset() + packet.headerLength() + prefix,
                        packet.payloadLength() - prefix,
                        packet.offset() + packet.extensionOffset(descriptor),
                        packet.extensionLength(descriptor));
        if (keyFrame) {
            keyFrameBegins(sequence);
        }
        return ring.publish(packet, sequence, prefix, keyFrame, config.extensions(), now);
    }

    private void keyFrameBegins(long sequence) {
        gate.keyFrameArrived();
        nacks.clearBefore(sequence);
        if (packet.timestamp() != keyFrameTimestamp) {
            keyFrameTimestamp = packet.timestamp();
            keyFrames++;
        }
    }

    private long discard(int verdict) {
        discarded++;
        return drop(switch (verdict) {
            case SequenceTracker.DUPLICATE -> Drop.DUPLICATE;
            case SequenceTracker.TOO_OLD -> Drop.TOO_OLD;
            default -> Drop.SEQUENCE_JUMP;
        });
    }

    private long drop(Drop reason) {
        drops.count(reason);
        return -1 - reason.ordinal();
    }

    /**
     * The sender's report about this stream came.
     *
     * @param ntp its wall clock
     * @param rtpTimestamp the same instant, 32 bits
     */
    public void onSenderReport(long now, long ntp, long rtpTimestamp) {
        report.senderReport(now, ntp);
        clock.set(new MediaClock.Instant(remoteClock.toLocal(now, ntp), rtpTimestamp));
    }

    /** The sender said goodbye to this stream (RFC 3550, 6.6). It may go on all the same. */
    public void onGoodbye() {
        byeCount++;
    }

    /**
     * Somebody needs a key frame; the gate decides when the sender is asked. Without effect on a stream that has none.
     */
    public void requestKeyFrame(long now) {
        if (config.keyFrameRequest() != KeyFrameRequest.NONE) {
            gate.request(now);
        }
    }

    /** The round-trip time to the sender, measured by other means; it times the NACKs. @param nanos more than 0 */
    public void roundTripTime(long nanos) {
        roundTrip = nanos;
    }

    /** When {@link #timeout} must be called; {@link Long#MAX_VALUE} when nothing is pending. */
    public long nextTimeout() {
        return Math.min(nacks.nextTimeout(), gate.nextTimeout());
    }

    /** Appends what is due: NACKs and key-frame requests. What does not fit stays due. */
    public void timeout(long now, RtcpWriter writer) {
        if (nacks.nextTimeout() <= now && writer.remaining() >= NACK_HEADER + NACK_ENTRY) {
            appendNacks(now, writer);
        }
        if (gate.nextTimeout() <= now && writer.remaining() >= KEY_FRAME_REQUEST && gate.poll(now)) {
            appendKeyFrameRequest(writer);
        }
    }

    private void appendNacks(long now, RtcpWriter writer) {
        long interval = Math.clamp(
                roundTrip == 0 ? DEFAULT_ROUND_TRIP_NANOS : roundTrip + roundTrip / 4,
                MIN_RETRY_NANOS,
                MAX_RETRY_NANOS);
        int room = Math.min(MAX_NACKS_AT_ONCE, (writer.remaining() - NACK_HEADER) / NACK_ENTRY);
        int result = nacks.collect(now, interval, nacked, room);
        int count = result < 0 ? -1 - result : result;
        if (result < 0) {
            requestKeyFrame(now);
        }
        if (writer.nack(localSsrc, config.ssrc(), nacked, count) > 0) {
            nackCount++;
            nackedPackets += count;
        }
    }

    private void appendKeyFrameRequest(RtcpWriter writer) {
        if (config.keyFrameRequest() == KeyFrameRequest.FIR) {
            firCount++;
            writer.fir(localSsrc, config.ssrc(), firNumber++ & 0xff);
        } else {
            pliCount++;
            writer.pli(localSsrc, config.ssrc());
        }
    }

    /**
     * Adds this stream's block to the report that the writer was given last.
     *
     * @return false when it does not fit, or nothing came yet
     */
    public boolean appendReportBlock(long now, RtcpWriter writer) {
        return report.append(now, config.ssrc(), writer);
    }

    /** Media packets received so far; any thread, a moment old. */
    public long packets() {
        return packets;
    }

    /** Their RTP bytes; any thread, a moment old. */
    public long bytes() {
        return bytes;
    }

    /** Lost packets that came by retransmission; any thread, a moment old. */
    public long repaired() {
        return repaired;
    }

    /** The numbers so far. */
    public RecvStats stats(long now) {
        return new RecvStats(
                packets,
                bytes,
                report.lost(),
                report.fractionLost(),
                repaired,
                discarded,
                nackCount,
                nackedPackets,
                pliCount,
                firCount,
                byeCount,
                keyFrames,
                report.jitter(),
                rate.bitrate(now),
                roundTrip);
    }

    /** Lets go of the ring; consumers that still read it keep its memory alive. */
    public void close() {
        ring.release();
    }
}
