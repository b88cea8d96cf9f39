package dev.parley.sfu;

import java.util.Map;

/**
 * What a consumer's stream sent; names as in W3C webrtc-stats where they exist.
 *
 * @param id the consumer's id and the SSRC
 * @param timestamp milliseconds since 1970
 * @param ssrc the stream's SSRC
 * @param kind audio or video
 * @param mimeType such as {@code video/VP8}
 * @param packetsSent media packets, first transmissions
 * @param bytesSent payload and header bytes of those
 * @param packetsLost as the remote reported; may be negative
 * @param fractionLost in the remote's last report, 0–1
 * @param jitter seconds, as the remote reported
 * @param roundTripTime seconds, 0 when not known yet
 * @param nackCount packets that the remote asked for again
 * @param retransmittedPacketsSent packets sent over RTX
 * @param pliCount PLI received
 * @param firCount FIR received
 * @param bitrate bits a second over about the last second
 * @param drops packets that were not forwarded, by reason
 */
public record OutboundRtpStats(
        String id,
        long timestamp,
        long ssrc,
        MediaKind kind,
        String mimeType,
        long packetsSent,
        long bytesSent,
        long packetsLost,
        double fractionLost,
        double jitter,
        double roundTripTime,
        long nackCount,
        long retransmittedPacketsSent,
        long pliCount,
        long firCount,
        long bitrate,
        Map<String, Long> drops) {
    /** The W3C type, {@code outbound-rtp}. */
    public String type() {
        return "outbound-rtp";
    }
}
