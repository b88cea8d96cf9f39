package dev.parley.sfu.wire.codec;

import dev.parley.sfu.wire.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * H.264's NAL units in RTP (RFC 6184, 5). A key frame begins with its sequence parameter set, which WebRTC senders must
 * send in-band (RFC 7742, 6.2): a receiver that began at the IDR slice behind a lost one could not decode it.
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
            case SPS -> true;
            case STAP_A -> inAggregate(segment, offset, length);
            case FU_A -> length >= 2 && startsFragmentedSet(Bytes.u8(segment, offset + 1));
            default -> false;
        };
    }

    private static boolean inAggregate(MemorySegment segment, long offset, int length) {
        int at = 1;
        while (at + 3 <= length) {
            int type = Bytes.u8(segment, offset + at + 2) & 0x1f;
            if (type == SPS) {
                return true;
            }
            at += 2 + Bytes.u16(segment, offset + at);
        }
        return false;
    }

    private static boolean startsFragmentedSet(int header) {
        return (header & 0x80) != 0 && (header & 0x1f) == SPS;
    }
}
