package dev.parley.sfu.wire.codec;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * AV1's aggregation header (AV1 RTP specification, 4.4) and the head of its dependency descriptor (appendix A.8.2).
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |Z|Y| W |N|-|-|-|   N: first packet of a coded video sequence
 * +-+-+-+-+-+-+-+-+
 *
 * |S|E| template  |   S: first packet of a frame
 * | frame number (16) |
 * |T|A|D|F|C| …       T: a template structure is attached, which is so on key frames
 * </pre>
 */
final class Av1Payload {
    private static final int EXTENDED_DESCRIPTOR = 4;

    private Av1Payload() {}

    static boolean startsKeyFrame(MemorySegment segment, long offset, int length) {
        // Z says that the packet continues an OBU of the packet before it: no sequence starts with that.
        return length >= 1 && (Bytes.u8(segment, offset) & 0x88) == 0x08;
    }

    static boolean describesKeyFrame(MemorySegment segment, long offset, int length) {
        return length >= EXTENDED_DESCRIPTOR
                && (Bytes.u8(segment, offset) & 0x80) != 0
                && (Bytes.u8(segment, offset + 3) & 0x80) != 0;
    }
}
