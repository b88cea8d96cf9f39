package dev.parley.sfu.wire.codec;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * VP8's payload descriptor (RFC 7741, 4.2) and the first byte of its payload header (4.3).
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |X|R|N|S|R| PID |   S: a partition starts, PID: which one
 * +-+-+-+-+-+-+-+-+
 * |I|L|T|K| RSV   |   if X
 * +-+-+-+-+-+-+-+-+
 * |M| picture id  |   if I; another byte if M
 * |   TL0PICIDX   |   if L
 * |TID|Y| KEYIDX  |   if T or K
 * +-+-+-+-+-+-+-+-+
 * |Size0|H| VER |P|   payload header; P = 0: key frame
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Vp8Payload {
    private Vp8Payload() {}

    static boolean startsKeyFrame(MemorySegment segment, long offset, int length) {
        if (length < 1) {
            return false;
        }
        int first = Bytes.u8(segment, offset);
        boolean startsFirstPartition = (first & 0x17) == 0x10;
        int at = descriptorLength(segment, offset, length, first);
        return startsFirstPartition && at < length && (Bytes.u8(segment, offset + at) & 1) == 0;
    }

    /** The descriptor's length; as much as the payload's, or more, when it is cut off. */
    private static int descriptorLength(MemorySegment segment, long offset, int length, int first) {
        if ((first & 0x80) == 0) {
            return 1;
        }
        if (length < 3) {
            return length;
        }
        int extension = Bytes.u8(segment, offset + 1);
        int at = 2;
        if ((extension & 0x80) != 0) {
            at += (Bytes.u8(segment, offset + at) & 0x80) != 0 ? 2 : 1;
        }
        if ((extension & 0x40) != 0) {
            at++;
        }
        if ((extension & 0x30) != 0) {
            at++;
        }
        return at;
    }
}
