package dev.parley.loadtest.media;

import dev.parley.sfu.engine.stream.NackList;
import dev.parley.sfu.engine.stream.ReceptionReport;
import dev.parley.sfu.wire.Seq;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Receives one stream: checks each packet, asks for what is missing, and counts what is wrong. Belongs to a media
 * thread.
 */
public final class ReceivingStream {
    /**
     * Without retransmission a hole can only be filled by what comes out of order; to wait longer, hole after hole,
     * would end with packets that are there and not yet counted. Nanoseconds.
     */
    private static final long REORDERING = 300_000_000;

    private static final int VIDEO_WINDOW = 4_096;
    private static final int AUDIO_WINDOW = 512;
    private static final int FARTHEST = 3_000;
    /** Longer than a round trip and the server's own pace of answers on any network that one would put a load on. */
    private static final long NACK_INTERVAL = 60_000_000;

    private final Stream stream;
    private final boolean checked;
    private final long askedAt;
    private final Order order;
    private final ReceptionReport report;
    private final @Nullable NackList missing;
    private long firstPacketAt = -1;
    private long lastPacketAt;
    private long longestSilence;
    private long packets;
    private long lostAtFirst;
    private long repaired;
    private long damaged;
    private long strangers;
    private long notAuthentic;
    private long strays;
    private long duplicates;
    private long needless;
    private long tooLate;
    private long imitatedLosses;

    /**
     * A stream that nothing came of yet.
     *
     * @param checked whether its packets are decrypted and checked, or only counted
     * @param askedAt when the server was asked for it
     * @param patience how long a hole may be repaired, ns
     */
    ReceivingStream(Stream stream, boolean checked, long askedAt, long patience) {
        this.stream = stream;
        this.checked = checked;
        this.askedAt = askedAt;
        order = new Order(
                stream.video() ? VIDEO_WINDOW : AUDIO_WINDOW,
                stream.hasRtx() ? patience : Math.min(patience / 4, REORDERING));
        report = new ReceptionReport(stream.clockRate());
        missing = stream.hasRtx() ? new NackList() : null;
    }

    /**
     * A packet that is authentic, or one that is only counted.
     *
     * @param rtx whether it was sent again
     * @param wire the sequence number that it was first sent with
     * @param length of the payload at {@code at}, or −1 for one that is not decrypted
     * @return whether it is new, as it was first sent, and its time is known
     */
    boolean packet(
            long now, RtpPacket header, boolean rtx, int wire, Payload payload, MemorySegment in, long at, int length) {
        int number = Order.UNKNOWN;
        int before = 0;
        boolean keyFrame = false;
        if (length >= 0) {
            var flaw = payload.read(stream.video(), in, at, length, stream.sender(), stream.stream());
            if (flaw != Payload.Flaw.NONE) {
                damaged += flaw == Payload.Flaw.DAMAGED ? 1 : 0;
                strangers += flaw == Payload.Flaw.WRONG_PERSON ? 1 : 0;
                return false;
            }
            number = payload.number;
            // A video begins with a whole key frame: packets of it before the first that came are missing.
            before = payload.index;
            keyFrame = payload.key && payload.index == 0;
        }
        if (!order.started()) {
            if (rtx) {
                return false;
            }
            firstPacketAt = now;
            order.start(wire - before);
            report.restart(wire - before);
        }
        long sequence = Seq.unwrap16(order.highest(), wire);
        if (Math.abs(sequence - order.highest()) > FARTHEST) {
            strays++;
            return false;
        }
        return place(now, header, rtx, sequence, number, keyFrame) && !rtx && number != Order.UNKNOWN;
    }

    private boolean place(long now, RtpPacket header, boolean rtx, long sequence, int number, boolean keyFrame) {
        long expected = order.highest() + 1;
        if (sequence > expected) {
            lostAtFirst += sequence - expected;
            if (missing != null) {
                missing.add(now, expected, sequence);
            }
        } else if (sequence < expected && missing != null) {
            missing.remove(sequence);
        }
        packets++;
        if (!rtx) {
            report.received(now, sequence, header.timestamp());
            longestSilence = lastPacketAt == 0 ? 0 : Math.max(longestSilence, now - lastPacketAt);
            lastPacketAt = now;
        }
        var place = order.packet(now, sequence, number, keyFrame);
        if (place == Order.Place.NEW && sequence < expected) {
            repaired += rtx ? 1 : 0;
            lostAtFirst -= rtx ? 0 : 1; // it was late, and not lost
        }
        if (place == Order.Place.AGAIN) {
            duplicates += rtx ? 0 : 1;
            needless += rtx ? 1 : 0;
        }
        tooLate += place == Order.Place.LATE ? 1 : 0;
        return place == Order.Place.NEW;
    }

    /** When {@link #missing} or {@link #giveUp} has something to do. */
    long nextTimeout() {
        long holes = order.nextTimeout();
        return missing == null ? holes : Math.min(holes, missing.nextTimeout());
    }

    /** Gathers what must be asked for now. @return how many */
    int missing(long now, long[] into, int most) {
        if (missing == null || missing.nextTimeout() > now) {
            return 0;
        }
        int found = missing.collect(now, NACK_INTERVAL, into, most);
        return found < 0 ? -1 - found : found;
    }

    /** Gives up what was not repaired in time. @return whether a key frame must be asked for therefore */
    boolean giveUp(long now) {
        long lost = order.lost();
        if (!order.giveUp(now)) {
            return false;
        }
        if (missing != null) {
            missing.clearBefore(order.next());
        }
        return stream.video() && order.lost() > lost;
    }

    void lostByImitation() {
        imitatedLosses++;
    }

    /** The cipher has seen a packet before. */
    void repeated() {
        duplicates++;
    }

    void notAuthentic() {
        notAuthentic++;
    }

    ReceptionReport report() {
        return report;
    }

    /** Whether its packets are decrypted and checked. */
    public boolean checked() {
        return checked;
    }

    /** What it is. */
    public Stream stream() {
        return stream;
    }

    /** Time from asking for it to its first packet, ns; −1 when none has come. */
    public long timeToFirstPacket() {
        return firstPacketAt < 0 ? -1 : firstPacketAt - askedAt;
    }

    /** When its first packet came; −1 when none has. */
    public long firstPacketAt() {
        return firstPacketAt;
    }

    /** The figures of the stream as they are now. */
    public StreamResult result() {
        return new StreamResult(
                stream,
                checked,
                timeToFirstPacket(),
                packets,
                order.delivered(),
                lostAtFirst,
                repaired,
                order.lost(),
                order.overtaken(),
                order.gaps(),
                duplicates,
                needless,
                tooLate,
                order.leftOut(),
                order.misplaced(),
                damaged,
                strangers,
                notAuthentic,
                strays,
                imitatedLosses,
                longestSilence,
                order.lastNumber());
    }
}
