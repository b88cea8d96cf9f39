package dev.parley.sfu.wire.codec;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * VP9's payload descriptor (RFC 9628, 4.2), as far as its layer byte.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |I|P|L|F|B|E|V|Z|   P: predicted from earlier pictures, B: a layer frame starts
 * +-+-+-+-+-+-+-+-+
 * |M| picture id  |   if I; another byte if M
 * | TID |U| SID |D|   if L; SID: spatial layer
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Vp9Payload {
    private Vp9Payload() {}

    static boolean startsKeyFrame(MemorySegment segment, long offset, int length) {
        if (length < 2) {
            return false;
        }
        int first = Bytes.u8(segment, offset);
        boolean startsUnpredicted = (first & 0x48) == 0x08;
        int at = 1;
        if ((first & 0x80) != 0) {
            at += (Bytes.u8(segment, offset + at) & 0x80) != 0 ? 2 : 1;
        }
        if ((first & 0x20) == 0) {
            return startsUnpredicted && at < length;
        }
        return startsUnpredicted && at < length && (Bytes.u8(segment, offset + at) & 0x0e) == 0;
    }
}
