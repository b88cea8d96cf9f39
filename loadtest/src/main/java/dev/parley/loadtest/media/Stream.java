package dev.parley.loadtest.media;

import dev.parley.sfu.wire.rtp.RtpExtensionIds;

/**
 * One RTP stream as signalling describes it to one end.
 *
 * @param sender the number of the person who sends it, from 0
 * @param stream which of the person's streams it is, 0–65535
 * @param video VP8 or Opus
 * @param ssrc of the media
 * @param payloadType of the media
 * @param rtxSsrc of what is sent again, 0 without retransmission
 * @param rtxPayloadType of what is sent again
 * @param extensions ids of header extensions on this way
 */
public record Stream(
        int sender,
        int stream,
        boolean video,
        long ssrc,
        int payloadType,
        long rtxSsrc,
        int rtxPayloadType,
        RtpExtensionIds extensions) {
    /** Whether what is lost can be asked for. */
    public boolean hasRtx() {
        return rtxSsrc != 0;
    }

    /** Ticks of the RTP timestamp a second. */
    public int clockRate() {
        return video ? 90_000 : 48_000;
    }
}
