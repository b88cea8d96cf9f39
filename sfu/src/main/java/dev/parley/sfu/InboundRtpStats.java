package dev.parley.sfu;

import java.util.Map;
import java.util.Optional;

/**
 * What a producer's stream received; names as in W3C webrtc-stats where they exist.
 *
 * @param id the producer's id and the SSRC
 * @param timestamp milliseconds since 1970
 * @param ssrc the stream's SSRC
 * @param kind audio or video
 * @param mimeType such as {@code video/VP8}
 * @param mid the media id, when the client gave one
 * @param packetsReceived media packets, retransmitted ones included
 * @param bytesReceived payload and header bytes of those
 * @param packetsLost packets expected less packets received (RFC 3550, A.3); may be negative
 * @param fractionLost lost in the last report interval, 0–1
 * @param jitter seconds
 * @param roundTripTime seconds, 0 when not known yet
 * @param nackCount packets asked for again
 * @param retransmittedPacketsReceived packets that came over RTX
 * @param pliCount PLI sent
 * @param firCount FIR sent
 * @param byeCount goodbyes received (RTCP BYE), after which the stream may go on all the same
 * @param keyFramesReceived key frames, 0 for audio
 * @param bitrate bits a second over about the last second
 * @param drops dropped packets by reason, lower-case names such as {@code producer-paused}
 */
public record InboundRtpStats(
        String id,
        long timestamp,
        long ssrc,
        MediaKind kind,
        String mimeType,
        Optional<String> mid,
        long packetsReceived,
        long bytesReceived,
        long packetsLost,
        double fractionLost,
        double jitter,
        double roundTripTime,
        long nackCount,
        long retransmittedPacketsReceived,
        long pliCount,
        long firCount,
        long byeCount,
        long keyFramesReceived,
        long bitrate,
        Map<String, Long> drops) {
    /** The W3C type, {@code inbound-rtp}. */
    public String type() {
        return "inbound-rtp";
    }
}
