package dev.parley.sfu.wire.codec;

import java.lang.foreign.MemorySegment;
import java.util.Locale;

/** How a payload is laid out, as far as forwarding must look into it. */
public enum PayloadFormat {
    /** Audio, or anything else that can be joined at any packet. */
    OPAQUE,
    /** RFC 7741. */
    VP8,
    /** RFC 9628. */
    VP9,
    /** RFC 6184. */
    H264,
    /** AV1 RTP specification 1.0. */
    AV1;

    /** The format of a media type such as {@code video/VP8}; OPAQUE for one that is not known here. */
    public static PayloadFormat ofMimeType(String mimeType) {
        return switch (mimeType.toLowerCase(Locale.ROOT)) {
            case "video/vp8" -> VP8;
            case "video/vp9" -> VP9;
            case "video/h264" -> H264;
            case "video/av1" -> AV1;
            default -> OPAQUE;
        };
    }

    /** Whether a receiver can only join at a key frame. */
    public boolean hasKeyFrames() {
        return this != OPAQUE;
    }

    /**
     * Whether a key frame begins in this packet. Never fails, whatever the bytes are.
     *
     * @param offset where the payload begins in the segment
     * @param length the payload's length in bytes, 0 or more
     * @param descriptorOffset where the dependency descriptor extension's data begins in the segment; used for AV1
     *     alone
     * @param descriptorLength its length, or −1 when the packet has none
     */
    public boolean startsKeyFrame(
            MemorySegment segment, long offset, int length, long descriptorOffset, int descriptorLength) {
        return switch (this) {
            case OPAQUE -> false;
            case VP8 -> Vp8Payload.startsKeyFrame(segment, offset, length);
            case VP9 -> Vp9Payload.startsKeyFrame(segment, offset, length);
            case H264 -> H264Payload.startsKeyFrame(segment, offset, length);
            case AV1 -> descriptorLength < 0
                    ? Av1Payload.startsKeyFrame(segment, offset, length)
                    : Av1Payload.describesKeyFrame(segment, descriptorOffset, descriptorLength);
        };
    }
}
