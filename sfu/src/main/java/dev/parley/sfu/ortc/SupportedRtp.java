package dev.parley.sfu.ortc;

import static dev.parley.sfu.MediaKind.AUDIO;
import static dev.parley.sfu.MediaKind.VIDEO;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpHeaderExtension;
import java.util.List;
import java.util.Map;

/** What this SFU can forward at all: a router's codecs are chosen from here. */
final class SupportedRtp {
    /** Audio asks for congestion feedback only: Opus repairs loss with its in-band redundancy, not with NACK. */
    static final List<RtcpFeedback> AUDIO_FEEDBACK = List.of(RtcpFeedback.of("transport-cc"));

    static final List<RtcpFeedback> VIDEO_FEEDBACK = List.of(
            RtcpFeedback.of("nack"),
            new RtcpFeedback("nack", "pli"),
            new RtcpFeedback("ccm", "fir"),
            RtcpFeedback.of("goog-remb"),
            RtcpFeedback.of("transport-cc"));

    /** The codecs whose packets the SFU understands well enough to find key frames in them. */
    static final List<RtpCodecCapability> CODECS = List.of(
            RtpCodecCapability.audio("audio/opus", 48_000, 2),
            RtpCodecCapability.video("video/VP8", Map.of()),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 0)),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 1)),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 2)),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 3)),
            h264("42e01f", 1),
            h264("42e01f", 0),
            h264("42001f", 1),
            h264("42001f", 0),
            h264("4d001f", 1),
            h264("4d001f", 0),
            h264("64001f", 1),
            h264("64001f", 0),
            h264("640c1f", 1),
            h264("640c1f", 0),
            h264("f4001f", 1),
            h264("f4001f", 0),
            RtpCodecCapability.video("video/AV1", Map.of()));

    /**
     * What a router gets that was not told otherwise: what browsers use. All of {@link #CODECS}, each with its
     * retransmission, would be more than the 32 dynamic payload types.
     */
    static final List<RtpCodecCapability> DEFAULTS = List.of(
            RtpCodecCapability.audio("audio/opus", 48_000, 2),
            RtpCodecCapability.video("video/VP8", Map.of()),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 0)),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 2)),
            h264("42e01f", 1),
            h264("42e01f", 0),
            h264("42001f", 1),
            h264("4d001f", 1),
            h264("64001f", 1),
            RtpCodecCapability.video("video/AV1", Map.of()));

    /**
     * The header extensions, with the ids that they keep in every router. The direction is the router's: what it only
     * receives is not offered to subscribers. Transport-wide numbers are only received, since the SFU estimates no
     * bandwidth towards subscribers; RIDs end at the SFU, because a subscriber gets one encoding.
     */
    static final List<RtpHeaderExtension> HEADER_EXTENSIONS = List.of(
            extension(AUDIO, HeaderExtensionUri.MID, 1, "sendrecv"),
            extension(VIDEO, HeaderExtensionUri.MID, 1, "sendrecv"),
            extension(VIDEO, HeaderExtensionUri.RID, 2, "recvonly"),
            extension(VIDEO, HeaderExtensionUri.REPAIRED_RID, 3, "recvonly"),
            extension(AUDIO, HeaderExtensionUri.ABS_SEND_TIME, 4, "sendrecv"),
            extension(VIDEO, HeaderExtensionUri.ABS_SEND_TIME, 4, "sendrecv"),
            extension(AUDIO, HeaderExtensionUri.TRANSPORT_CC, 5, "recvonly"),
            extension(VIDEO, HeaderExtensionUri.TRANSPORT_CC, 5, "recvonly"),
            extension(VIDEO, HeaderExtensionUri.DEPENDENCY_DESCRIPTOR, 8, "sendrecv"),
            extension(AUDIO, HeaderExtensionUri.AUDIO_LEVEL, 10, "sendrecv"),
            extension(VIDEO, HeaderExtensionUri.VIDEO_ORIENTATION, 11, "sendrecv"),
            extension(VIDEO, HeaderExtensionUri.TIME_OFFSET, 12, "sendrecv"),
            extension(AUDIO, HeaderExtensionUri.ABS_CAPTURE_TIME, 13, "sendrecv"),
            extension(VIDEO, HeaderExtensionUri.ABS_CAPTURE_TIME, 13, "sendrecv"));

    private SupportedRtp() {}

    static List<RtcpFeedback> feedback(MediaKind kind) {
        return kind == AUDIO ? AUDIO_FEEDBACK : VIDEO_FEEDBACK;
    }

    private static RtpCodecCapability h264(String profileLevelId, int packetizationMode) {
        return RtpCodecCapability.video(
                "video/H264",
                Map.of(
                        "packetization-mode", packetizationMode,
                        "profile-level-id", profileLevelId,
                        "level-asymmetry-allowed", 1));
    }

    private static RtpHeaderExtension extension(MediaKind kind, String uri, int id, String direction) {
        return new RtpHeaderExtension(kind, uri, id, false, direction);
    }
}
