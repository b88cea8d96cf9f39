package dev.parley.sfu.wire.rtcp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Walks the packets of one RTCP datagram, compound (RFC 3550, 6.1) or reduced-size (RFC 5506). {@link #next} validates
 * a packet before it shows it; the views ({@link SenderReport}, {@link ReportBlock}, {@link Nack}, …) cannot fail on it
 * then. One object is reused and allocates nothing. Not thread-safe.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P| RC/FMT  |      PT       |     length in words − 1       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                        SSRC of the sender                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |        feedback only: SSRC of the media source                |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtcpReader {
    static final int SR = 200;
    static final int RR = 201;
    static final int SDES = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;
    static final int FEEDBACK_HEADER = 12;
    private static final int HEADER = 4;

    private MemorySegment segment = MemorySegment.NULL;
    private long end;
    private long next;
    private long offset;
    private int length;
    private int count;
    private RtcpKind kind = RtcpKind.OTHER;
    private boolean malformed;

    /** Starts at a datagram. @param length in bytes */
    public void wrap(MemorySegment segment, long offset, int length) {
        this.segment = segment;
        next = offset;
        end = offset + length;
        malformed = length < HEADER;
    }

    /**
     * Goes on to the next packet.
     *
     * @return false at the end, or when what follows is malformed: see {@link #isMalformed}
     */
    public boolean next() {
        if (malformed || next == end) {
            return false;
        }
        malformed = !read();
        return !malformed;
    }

    /** Whether the walk ended because of a packet that does not parse. */
    public boolean isMalformed() {
        return malformed;
    }

    private boolean read() {
        offset = next;
        if (end - offset < HEADER) {
            return false;
        }
        int first = Bytes.u8(segment, offset);
        length = 4 * (Bytes.u16(segment, offset + 2) + 1);
        if (first >>> 6 != 2 || length > end - offset) {
            return false;
        }
        next = offset + length;
        count = first & 0x1f;
        return ((first & 0x20) == 0 || stripPadding()) && classify(Bytes.u8(segment, offset + 1));
    }

    private boolean stripPadding() {
        int padding = Bytes.u8(segment, next - 1);
        // RFC 3550, 6.4.1 has padding in multiples of four and on the last packet only; libwebrtc's transport-wide
        // feedback has neither.
        if (padding == 0 || padding > length - HEADER) {
            return false;
        }
        length -= padding;
        return true;
    }

    private boolean classify(int type) {
        kind = RtcpKind.OTHER;
        return switch (type) {
            case SR -> is(RtcpKind.SENDER_REPORT, length >= SenderReport.LENGTH + count * ReportBlock.LENGTH);
            case RR -> is(RtcpKind.RECEIVER_REPORT, length >= 8 + count * ReportBlock.LENGTH);
            case SDES -> is(RtcpKind.SOURCE_DESCRIPTION, SourceDescription.isValid(this));
            case BYE -> is(RtcpKind.BYE, length >= HEADER + 4 * count);
            case TRANSPORT_FEEDBACK -> length >= FEEDBACK_HEADER && classifyTransportFeedback();
            case PAYLOAD_FEEDBACK -> length >= FEEDBACK_HEADER && classifyPayloadFeedback();
            default -> true;
        };
    }

    private boolean classifyTransportFeedback() {
        return switch (count) {
            case Nack.FORMAT -> is(RtcpKind.NACK, length > FEEDBACK_HEADER);
            case TransportCc.FORMAT -> is(RtcpKind.TRANSPORT_CC, length >= TransportCc.HEADER);
            default -> true;
        };
    }

    private boolean classifyPayloadFeedback() {
        return switch (count) {
            case 1 -> is(RtcpKind.PLI, true);
            case Fir.FORMAT -> is(RtcpKind.FIR, Fir.isValid(this));
            case Remb.FORMAT -> !Remb.isRemb(this) || is(RtcpKind.REMB, Remb.isValid(this));
            default -> true;
        };
    }

    private boolean is(RtcpKind kind, boolean valid) {
        this.kind = kind;
        return valid;
    }

    /** What the present packet is. */
    public RtcpKind kind() {
        return kind;
    }

    /** The header's five bits: the number of report blocks, chunks or sources, or the feedback format. */
    public int count() {
        return count;
    }

    /** The SSRC in the second word: whose report or feedback this is; 0 when the packet is a bare header. */
    public long senderSsrc() {
        return length >= 8 ? Bytes.u32(segment, offset + 4) : 0;
    }

    /** For feedback: whose media it is about (0 for FIR and REMB, which name their targets in entries). */
    public long mediaSsrc() {
        return length >= FEEDBACK_HEADER ? Bytes.u32(segment, offset + 8) : 0;
    }

    /** Where the bytes are. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where the present packet begins in {@link #segment}, its header included. */
    public long offset() {
        return offset;
    }

    /** The present packet's length in bytes with its header, without padding. */
    public int length() {
        return length;
    }

    /** For BYE: who leaves. @param index 0 – {@link #count}−1 */
    public long byeSsrc(int index) {
        return Bytes.u32(segment, offset + HEADER + 4L * index);
    }
}
