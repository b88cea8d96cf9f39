package dev.parley.sfu;

import java.util.List;

/**
 * What a router speaks.
 *
 * @param mediaCodecs the codecs that participants may use, in order of preference, without RTX (it is added for
 *     video); empty means Opus, VP8, VP9, H264 in the profiles that browsers send, and AV1
 */
public record RouterOptions(List<RtpCodecCapability> mediaCodecs) {
    /** Takes a copy of the list. */
    public RouterOptions {
        mediaCodecs = List.copyOf(mediaCodecs);
    }

    /** Opus, VP8, VP9, H264 in the profiles that browsers send, and AV1. */
    public static RouterOptions defaults() {
        return new RouterOptions(List.of());
    }
}
