package dev.parley.sfu.wire.rtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * A view of one RTP packet (RFC 3550, section 5.1) with its header extensions (RFC 8285). {@link #wrap} validates
 * everything once; after it returned true no accessor can fail, as long as the bytes are not changed. One object is
 * reused for many packets and allocates nothing. Not thread-safe.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                             SSRC                              |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |                   CSRC × CC, if any                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * | if X: 0xBEDE or 0x100n        |      length in words          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * one-byte element:  | id (4) | length−1 (4) | data …             (id 0: one byte of padding, id 15: stop)
 * two-byte element:  |     id (8)    |   length (8)  | data …     (id 0: one byte of padding)
 * </pre>
 */
public final class RtpPacket {
    /** Length of the header without CSRCs and extensions, in bytes. */
    public static final int FIXED_HEADER = 12;

    static final int ONE_BYTE_PROFILE = 0xbede;
    static final int TWO_BYTE_PROFILE = 0x1000;
    static final int ONE_BYTE_STOP = 15;
    private static final int MAX_ELEMENTS = 32;

    private final byte[] ids = new byte[MAX_ELEMENTS];
    private final short[] offsets = new short[MAX_ELEMENTS];
    private final short[] lengths = new short[MAX_ELEMENTS];
    private int elements;

    private MemorySegment segment = MemorySegment.NULL;
    private long offset;
    private int length;
    private int headerLength;
    private int paddingLength;

    /**
     * Looks at a whole plain packet. Elements of a malformed extension block make the packet malformed; of an id that
     * occurs twice the first counts; more than 32 elements are not indexed.
     *
     * @param length the packet's length in bytes, at most 65535
     * @return false when the packet is malformed; the accessors mean nothing then
     */
    public boolean wrap(MemorySegment segment, long offset, int length) {
        if (!wrapHeader(segment, offset, length)) {
            return false;
        }
        if ((Bytes.u8(segment, offset) & 0x20) != 0) {
            int padding = length > headerLength ? Bytes.u8(segment, offset + length - 1) : 0;
            if (padding == 0 || padding > length - headerLength) {
                return false;
            }
            paddingLength = padding;
        }
        return true;
    }

    /**
     * The same for a packet that is still encrypted: the header is validated, the padding (its last byte) is not looked
     * at.
     */
    public boolean wrapHeader(MemorySegment segment, long offset, int length) {
        this.segment = segment;
        this.offset = offset;
        this.length = length;
        elements = 0;
        paddingLength = 0;
        if (length < FIXED_HEADER || length > 0xffff) {
            return false;
        }
        int first = Bytes.u8(segment, offset);
        if (first >>> 6 != 2) {
            return false;
        }
        headerLength = FIXED_HEADER + 4 * (first & 0x0f);
        return (first & 0x10) == 0 ? headerLength <= length : indexExtensions();
    }

    private boolean indexExtensions() {
        int start = headerLength + 4;
        if (start > length) {
            return false;
        }
        int profile = Bytes.u16(segment, offset + headerLength);
        int end = start + 4 * Bytes.u16(segment, offset + headerLength + 2);
        if (end > length) {
            return false;
        }
        headerLength = end;
        if (profile == ONE_BYTE_PROFILE) {
            return indexOneByte(start, end);
        }
        // Another profile is none of RFC 8285: it is skipped as a whole.
        return (profile & 0xfff0) != TWO_BYTE_PROFILE || indexTwoByte(start, end);
    }

    private boolean indexOneByte(int start, int end) {
        int at = start;
        while (at < end) {
            int head = Bytes.u8(segment, offset + at++);
            int id = head >>> 4;
            if (id == ONE_BYTE_STOP) {
                return true;
            }
            if (id != 0) {
                int size = (head & 0x0f) + 1;
                if (size > end - at) {
                    return false;
                }
                add(id, at, size);
                at += size;
            }
        }
        return true;
    }

    private boolean indexTwoByte(int start, int end) {
        int at = start;
        while (at < end) {
            int id = Bytes.u8(segment, offset + at++);
            if (id != 0) {
                if (at >= end) {
                    return false;
                }
                int size = Bytes.u8(segment, offset + at++);
                if (size > end - at) {
                    return false;
                }
                add(id, at, size);
                at += size;
            }
        }
        return true;
    }

    private void add(int id, int at, int size) {
        if (elements < MAX_ELEMENTS) {
            ids[elements] = (byte) id;
            offsets[elements] = (short) at;
            lengths[elements] = (short) size;
            elements++;
        }
    }

    private int find(int id) {
        for (int i = 0; i < elements; i++) {
            if (ids[i] == (byte) id) {
                return i;
            }
        }
        return -1;
    }

    /** Where the bytes are. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where the packet begins in {@link #segment}. */
    public long offset() {
        return offset;
    }

    /** The whole packet's length in bytes. */
    public int length() {
        return length;
    }

    /** 0–127. */
    public int payloadType() {
        return Bytes.u8(segment, offset + 1) & 0x7f;
    }

    /** The marker bit. */
    public boolean marker() {
        return (Bytes.u8(segment, offset + 1) & 0x80) != 0;
    }

    /** 0–65535. */
    public int sequenceNumber() {
        return Bytes.u16(segment, offset + 2);
    }

    /** 0–2³²−1, in units of the codec's clock rate. */
    public long timestamp() {
        return Bytes.u32(segment, offset + 4);
    }

    /** 0–2³²−1. */
    public long ssrc() {
        return Bytes.u32(segment, offset + 8);
    }

    /** Header with CSRCs and extensions, in bytes. */
    public int headerLength() {
        return headerLength;
    }

    /** Bytes of payload, without padding. */
    public int payloadLength() {
        return length - headerLength - paddingLength;
    }

    /** Bytes of padding, the one that counts them included; 0 without padding. */
    public int paddingLength() {
        return paddingLength;
    }

    /**
     * Where an extension's data begins, from the packet's start; −1 when the packet does not carry it, or the id is 0.
     */
    public int extensionOffset(int id) {
        int i = id == 0 ? -1 : find(id);
        return i < 0 ? -1 : offsets[i] & 0xffff;
    }

    /** The length of an extension's data in bytes, 0–255; −1 when the packet does not carry it, or the id is 0. */
    public int extensionLength(int id) {
        int i = id == 0 ? -1 : find(id);
        return i < 0 ? -1 : lengths[i];
    }
}
