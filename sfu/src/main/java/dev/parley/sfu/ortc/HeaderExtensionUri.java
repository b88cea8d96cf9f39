package dev.parley.sfu.ortc;

/** The names of the RTP header extensions that the SFU knows. */
public final class HeaderExtensionUri {
    /** Media identification (RFC 9143, 15.2). */
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    /** RTP stream id (RFC 8852). */
    public static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    /** The stream id that a retransmission repairs (RFC 8852). */
    public static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    /** Absolute send time, 6.18 fixed-point seconds. */
    public static final String ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    /** Transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    public static final String TRANSPORT_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    /** Client-to-mixer audio level (RFC 6464). */
    public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    /** Coordination of video orientation (3GPP TS 26.114). */
    public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
    /** Transmission time offset (RFC 5450). */
    public static final String TIME_OFFSET = "urn:ietf:params:rtp-hdrext:toffset";
    /** Absolute capture time, for synchronisation and delay measurement across an SFU. */
    public static final String ABS_CAPTURE_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
    /** AV1's dependency descriptor, which describes frames of any codec. */
    public static final String DEPENDENCY_DESCRIPTOR =
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension";

    private HeaderExtensionUri() {}
}
