package dev.parley.sfu.wire.codec;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * H.264's NAL units in RTP (RFC 6184, 5): a key frame begins where a sequence parameter set or an IDR slice does.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7        0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+      +-+-+-+-+-+-+-+-+
 * |F|NRI|  type   |      |S|E|R|  type   |   FU header; S: the fragmented unit starts here
 * +-+-+-+-+-+-+-+-+      +-+-+-+-+-+-+-+-+
 * type 24 (STAP-A): | size (16) | NAL unit | size (16) | NAL unit | …
 * type 28 (FU-A):   | FU header | fragment
 * </pre>
 */
final class H264Payload {
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private H264Payload() {}

    static boolean startsKeyFrame(MemorySegment segment, long offset, int length) {
        if (length < 1) {
            return false;
        }
        int type = Bytes.u8(segment, offset) & 0x1f;
        return switch (type) {
            case IDR, SPS -> true;
            case STAP_A -> inAggregate(segment, offset, length);
            case FU_A -> length >= 2 && startsFragmentedKeyFrame(Bytes.u8(segment, offset + 1));
            default -> false;
        };
    }

    private static boolean inAggregate(MemorySegment segment, long offset, int length) {
        int at = 1;
        while (at + 3 <= length) {
            int type = Bytes.u8(segment, offset + at + 2) & 0x1f;
            if (type == IDR || type == SPS) {
                return true;
            }
            at += 2 + Bytes.u16(segment, offset + at);
        }
        return false;
    }

    private static boolean startsFragmentedKeyFrame(int header) {
        int type = header & 0x1f;
        return (header & 0x80) != 0 && (type == IDR || type == SPS);
    }
}
