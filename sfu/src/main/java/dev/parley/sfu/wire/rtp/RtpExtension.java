package dev.parley.sfu.wire.rtp;

import java.util.Optional;

/** The RTP header extensions that this SFU understands or carries. */
public enum RtpExtension {
    /** RFC 9143: which m-section a stream belongs to. */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** RFC 8852: which encoding of a track. */
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** RFC 8852: which encoding a retransmission repairs. */
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /** When the packet left, 24 bits of 6.18 fixed-point seconds. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** The packet's number on its transport, 16 bits (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    TRANSPORT_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /** RFC 6464: the client's own audio level. */
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /** 3GPP TS 26.114: rotation of the picture. */
    VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
    /** RFC 5450: transmission time offset. */
    TIME_OFFSET("urn:ietf:params:rtp-hdrext:toffset"),
    /** When the frame was captured. */
    ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time"),
    /** AV1 RTP, appendix A: how frames depend on each other. */
    DEPENDENCY_DESCRIPTOR("https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

    private final String uri;

    RtpExtension(String uri) {
        this.uri = uri;
    }

    /** The URI by which the extension is negotiated. */
    public String uri() {
        return uri;
    }

    /** The extension of a URI; empty for one that is not known here. */
    public static Optional<RtpExtension> ofUri(String uri) {
        for (var extension : values()) {
            if (extension.uri.equals(uri)) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }
}
