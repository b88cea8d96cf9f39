package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Appends RTCP packets to a datagram. Each method returns false, and appends nothing, when the packet does not fit.
 * Report blocks go to the SR or RR that was appended last. One object is reused. Not thread-safe.
 */
public final class RtcpWriter {
    /** In the deltas of {@link #transportCc}: this packet did not arrive. */
    public static final int NOT_RECEIVED = Integer.MIN_VALUE;

    private static final int MAX_BLOCKS = 31;
    private static final long NONE = -1;

    private MemorySegment segment = MemorySegment.NULL;
    private long start;
    private long at;
    private long end;
    private long report = NONE;
    /** The canonical name that was written last, and its bytes: most often it is the next one too. */
    private String name = "";

    private byte[] nameBytes = {};

    /** Starts an empty datagram. @param capacity in bytes, e.g. 1200; leave room for the SRTCP trailer */
    public void wrap(MemorySegment segment, long offset, int capacity) {
        this.segment = segment;
        start = offset;
        at = offset;
        end = offset + capacity;
        report = NONE;
    }

    /** The datagram's length so far, in bytes. */
    public int length() {
        return (int) (at - start);
    }

    /** Bytes that are left. */
    public int remaining() {
        return (int) (end - at);
    }

    /** Appends a sender report without blocks (RFC 3550, 6.4.1). */
    public boolean senderReport(long ssrc, long ntp, long rtpTimestamp, long packets, long bytes) {
        if (!begin(RtcpReader.SR, 0, SenderReport.LENGTH)) {
            return false;
        }
        report = at;
        Bytes.put32(segment, at + 4, ssrc);
        Bytes.put64(segment, at + 8, ntp);
        Bytes.put32(segment, at + 16, rtpTimestamp);
        Bytes.put32(segment, at + 20, packets);
        Bytes.put32(segment, at + 24, bytes);
        at += SenderReport.LENGTH;
        return true;
    }

    /** Appends a receiver report without blocks (RFC 3550, 6.4.2). */
    public boolean receiverReport(long ssrc) {
        if (!begin(RtcpReader.RR, 0, 8)) {
            return false;
        }
        report = at;
        Bytes.put32(segment, at + 4, ssrc);
        at += 8;
        return true;
    }

    /**
     * Adds a block to the report that was appended last; up to 31 fit in one.
     *
     * @param fractionLost in 1/256
     * @param cumulativeLost clamped to signed 24 bits
     * @param lastSenderReport the middle 32 bits of its NTP timestamp
     * @param delay since then, in 1/65536 s
     */
    public boolean reportBlock(
            long ssrc,
            int fractionLost,
            long cumulativeLost,
            long extendedHighest,
            long jitter,
            long lastSenderReport,
            long delay) {
        if (report == NONE || (Bytes.u8(segment, report) & 0x1f) == MAX_BLOCKS || remaining() < ReportBlock.LENGTH) {
            return false;
        }
        Bytes.put32(segment, at, ssrc);
        Bytes.put8(segment, at + 4, fractionLost);
        Bytes.put24(segment, at + 5, (int) Math.clamp(cumulativeLost, -0x80_0000, 0x7f_ffff));
        Bytes.put32(segment, at + 8, extendedHighest);
        Bytes.put32(segment, at + 12, jitter);
        Bytes.put32(segment, at + 16, lastSenderReport);
        Bytes.put32(segment, at + 20, delay);
        at += ReportBlock.LENGTH;
        Bytes.put8(segment, report, Bytes.u8(segment, report) + 1);
        Bytes.put16(segment, report + 2, (int) (at - report) / 4 - 1);
        return true;
    }

    /** Appends a source description of one canonical name (RFC 3550, 6.5.1), of at most 255 bytes. */
    public boolean sourceDescription(long ssrc, String cname) {
        if (!name.equals(cname)) {
            name = cname;
            nameBytes = cname.getBytes(StandardCharsets.UTF_8);
        }
        var text = nameBytes;
        if (text.length > 255) {
            throw new IllegalArgumentException("A CNAME has at most 255 bytes, not " + text.length);
        }
        // At least one zero ends the items, and zeros fill the word.
        int size = 4 + (4 + 2 + text.length + 1 + 3 & ~3);
        if (!begin(RtcpReader.SDES, 1, size)) {
            return false;
        }
        Bytes.put32(segment, at + 4, ssrc);
        Bytes.put8(segment, at + 8, SourceDescription.CNAME);
        Bytes.put8(segment, at + 9, text.length);
        MemorySegment.copy(text, 0, segment, ValueLayout.JAVA_BYTE, at + 10, text.length);
        for (int i = 10 + text.length; i < size; i++) {
            Bytes.put8(segment, at + i, 0);
        }
        at += size;
        return true;
    }

    /** Appends a goodbye of one source (RFC 3550, 6.6). */
    public boolean bye(long ssrc) {
        if (!begin(RtcpReader.BYE, 1, 8)) {
            return false;
        }
        Bytes.put32(segment, at + 4, ssrc);
        at += 8;
        return true;
    }

    /**
     * Appends negative acknowledgements (RFC 4585, 6.2.1) for as many of the numbers as fit.
     *
     * @param numbers lost sequence numbers in ascending order; their lowest 16 bits go on the wire
     * @return how many of them were taken; 0 when not even one fits
     */
    public int nack(long senderSsrc, long mediaSsrc, long[] numbers, int count) {
        int room = (remaining() - RtcpReader.FEEDBACK_HEADER) / 4;
        if (count == 0 || room < 1) {
            return 0;
        }
        long entry = at + RtcpReader.FEEDBACK_HEADER;
        int taken = 0;
        for (; taken < count && room > 0; room--, entry += 4) {
            long pid = numbers[taken++];
            int blp = 0;
            while (taken < count && numbers[taken] - pid <= 16) {
                blp |= 1 << numbers[taken++] - pid - 1;
            }
            Bytes.put16(segment, entry, (int) pid);
            Bytes.put16(segment, entry + 2, blp);
        }
        feedback(RtcpReader.TRANSPORT_FEEDBACK, Nack.FORMAT, (int) (entry - at), senderSsrc, mediaSsrc);
        return taken;
    }

    /** Appends a picture loss indication (RFC 4585, 6.3.1). */
    public boolean pli(long senderSsrc, long mediaSsrc) {
        return remaining() >= RtcpReader.FEEDBACK_HEADER
                && feedback(RtcpReader.PAYLOAD_FEEDBACK, 1, RtcpReader.FEEDBACK_HEADER, senderSsrc, mediaSsrc);
    }

    /** Appends a full intra request (RFC 5104, 4.3.1). @param number 0–255, one more for each new request */
    public boolean fir(long senderSsrc, long mediaSsrc, int number) {
        int size = RtcpReader.FEEDBACK_HEADER + Fir.ENTRY;
        if (remaining() < size) {
            return false;
        }
        Bytes.put32(segment, at + 12, mediaSsrc);
        Bytes.put32(segment, at + 16, (long) number << 24 & 0xffff_ffffL);
        return feedback(RtcpReader.PAYLOAD_FEEDBACK, Fir.FORMAT, size, senderSsrc, 0);
    }

    /** Appends a bitrate limit for one stream (draft-alvestrand-rmcat-remb-03). @param bitrate bit/s, 0 or more */
    public boolean remb(long senderSsrc, long mediaSsrc, long bitrate) {
        if (remaining() < 24) {
            return false;
        }
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitrate) - 18);
        Bytes.put32(segment, at + 12, Remb.IDENTIFIER);
        Bytes.put8(segment, at + 16, 1);
        Bytes.put24(segment, at + 17, exponent << 18 | (int) (bitrate >>> exponent));
        Bytes.put32(segment, at + 20, mediaSsrc);
        return feedback(RtcpReader.PAYLOAD_FEEDBACK, Remb.FORMAT, 24, senderSsrc, 0);
    }

    /**
     * Appends transport-wide feedback (drawn at {@link TransportCc}).
     *
     * @param baseSequence the first packet's number
     * @param referenceTime in 64 ms; its lowest 24 bits go on the wire
     * @param feedbackCount the feedback's own number; its lowest 8 bits go on the wire
     * @param deltas for each packet the time in 250 µs since the packet that arrived before it (the first: since
     *     the reference time), −32768–32767, or {@link #NOT_RECEIVED}
     * @param count how many deltas, 1–65535
     */
    public boolean transportCc(
            long senderSsrc,
            long mediaSsrc,
            int baseSequence,
            long referenceTime,
            int feedbackCount,
            int[] deltas,
            int count) {
        if (remaining() < TransportCc.HEADER) {
            return false;
        }
        long bodyEnd = TransportCcChunks.write(segment, at + TransportCc.HEADER, end, deltas, count);
        long padded = bodyEnd < 0 ? -1 : at + (bodyEnd - at + 3 & ~3L);
        if (bodyEnd < 0 || padded > end) {
            return false;
        }
        while (bodyEnd < padded) {
            Bytes.put8(segment, bodyEnd++, 0);
        }
        Bytes.put16(segment, at + 12, baseSequence);
        Bytes.put16(segment, at + 14, count);
        Bytes.put24(segment, at + 16, (int) referenceTime);
        Bytes.put8(segment, at + 19, feedbackCount);
        return feedback(
                RtcpReader.TRANSPORT_FEEDBACK, TransportCc.FORMAT, (int) (padded - at), senderSsrc, mediaSsrc);
    }

    private boolean feedback(int type, int format, int size, long senderSsrc, long mediaSsrc) {
        begin(type, format, size);
        Bytes.put32(segment, at + 4, senderSsrc);
        Bytes.put32(segment, at + 8, mediaSsrc);
        at += size;
        return true;
    }

    private boolean begin(int type, int count, int size) {
        if (remaining() < size) {
            return false;
        }
        report = NONE;
        Bytes.put8(segment, at, 0x80 | count);
        Bytes.put8(segment, at + 1, type);
        Bytes.put16(segment, at + 2, size / 4 - 1);
        return true;
    }
}
