package dev.parley.sfu.wire.rtp;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * Writes an RTP header with chosen extensions: {@link #begin}, then {@link #beginExtensions} and the elements if there
 * are any, then {@link #finish}. The layout is drawn at {@link RtpPacket}. One object is reused and allocates nothing.
 * Not thread-safe.
 */
public final class RtpWriter {
    private MemorySegment segment = MemorySegment.NULL;
    private long start;
    private long at;
    private long extensionStart;
    private boolean twoByte;

    /**
     * Starts a header: no padding, no CSRC.
     *
     * @param sequenceNumber its lowest 16 bits count
     * @param timestamp its lowest 32
     */
    public void begin(
            MemorySegment segment,
            long offset,
            int payloadType,
            boolean marker,
            int sequenceNumber,
            long timestamp,
            long ssrc) {
        this.segment = segment;
        start = offset;
        extensionStart = -1;
        Bytes.put8(segment, offset, 0x80);
        Bytes.put8(segment, offset + 1, (marker ? 0x80 : 0) | payloadType);
        Bytes.put16(segment, offset + 2, sequenceNumber);
        Bytes.put32(segment, offset + 4, timestamp);
        Bytes.put32(segment, offset + 8, ssrc);
        at = offset + RtpPacket.FIXED_HEADER;
    }

    /** Opens the extension block. @param twoByte the form for ids over 14 and for data of 0 or more than 16 bytes */
    public void beginExtensions(boolean twoByte) {
        this.twoByte = twoByte;
        Bytes.put8(segment, start, 0x90);
        Bytes.put16(segment, at, twoByte ? RtpPacket.TWO_BYTE_PROFILE : RtpPacket.ONE_BYTE_PROFILE);
        at += 4;
        extensionStart = at;
    }

    /** Appends an extension whose data is copied from elsewhere. @param length 1–16, in the two-byte form 0–255 */
    public void extension(int id, MemorySegment source, long sourceOffset, int length) {
        element(id, length);
        MemorySegment.copy(source, sourceOffset, segment, at, length);
        at += length;
    }

    /** Appends an extension of 8 bits. */
    public void extension8(int id, int value) {
        element(id, 1);
        Bytes.put8(segment, at, value);
        at += 1;
    }

    /** Appends an extension of 16 bits. */
    public void extension16(int id, int value) {
        element(id, 2);
        Bytes.put16(segment, at, value);
        at += 2;
    }

    /** Appends an extension of 24 bits. */
    public void extension24(int id, int value) {
        element(id, 3);
        Bytes.put24(segment, at, value);
        at += 3;
    }

    private void element(int id, int length) {
        if (twoByte) {
            Bytes.put8(segment, at++, id);
            Bytes.put8(segment, at++, length);
        } else {
            assert id >= 1 && id < RtpPacket.ONE_BYTE_STOP && length >= 1 && length <= 16;
            Bytes.put8(segment, at++, id << 4 | length - 1);
        }
    }

    /** Closes the header. @return its length in bytes, a multiple of 4 */
    public int finish() {
        if (extensionStart >= 0) {
            while ((at - extensionStart & 3) != 0) {
                Bytes.put8(segment, at++, 0);
            }
            Bytes.put16(segment, extensionStart - 2, (int) (at - extensionStart >> 2));
        }
        return (int) (at - start);
    }
}
