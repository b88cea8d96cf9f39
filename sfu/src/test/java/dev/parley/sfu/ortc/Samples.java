package dev.parley.sfu.ortc;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtension;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Parameters as browsers send them. */
final class Samples {
    static final RtpCapabilities ROUTER = Ortc.routerCapabilities(List.of(
            RtpCodecCapability.audio("audio/opus", 48_000, 2),
            RtpCodecCapability.video("video/VP8", Map.of()),
            RtpCodecCapability.video("video/VP9", Map.of("profile-id", 0)),
            RtpCodecCapability.video(
                    "video/H264", Map.of("packetization-mode", 1, "profile-level-id", "42e01f")),
            RtpCodecCapability.video("video/AV1", Map.of())));

    private Samples() {}

    static RtpParameters opus() {
        return new RtpParameters(
                Optional.of("0"),
                List.of(codec("audio/opus", 111, 48_000, 2, Map.of("minptime", 10, "useinbandfec", 1))),
                List.of(
                        RtpHeaderExtensionParameters.of(HeaderExtensionUri.MID, 4),
                        RtpHeaderExtensionParameters.of(HeaderExtensionUri.AUDIO_LEVEL, 1)),
                List.of(RtpEncodingParameters.of(1001)),
                new RtcpParameters(Optional.of("alice"), true));
    }

    static RtpParameters vp8() {
        return video(
                codec("video/VP8", 96, 90_000, 0, Map.of()),
                codec("video/rtx", 97, 90_000, 0, Map.of("apt", 96)));
    }

    static RtpParameters h264(String profileLevelId, int packetizationMode) {
        return video(
                codec(
                        "video/H264",
                        102,
                        90_000,
                        0,
                        Map.of("packetization-mode", packetizationMode, "profile-level-id", profileLevelId)),
                codec("video/rtx", 103, 90_000, 0, Map.of("apt", "102")));
    }

    static RtpParameters video(RtpCodecParameters... codecs) {
        return new RtpParameters(
                Optional.of("1"),
                List.of(codecs),
                List.of(RtpHeaderExtensionParameters.of(HeaderExtensionUri.MID, 4)),
                List.of(RtpEncodingParameters.of(2001, 2002)),
                new RtcpParameters(Optional.of("alice"), true));
    }

    static RtpCodecParameters codec(
            String mimeType, int payloadType, int clockRate, int channels, Map<String, Object> parameters) {
        return new RtpCodecParameters(
                mimeType,
                payloadType,
                clockRate,
                channels == 0 ? OptionalInt.empty() : OptionalInt.of(channels),
                parameters,
                List.of());
    }

    /** A subscriber that speaks everything the router does, as mediasoup-client reports it. */
    static RtpCapabilities everything() {
        return ROUTER;
    }

    static RtpCapabilities without(String... mimeTypes) {
        return new RtpCapabilities(
                ROUTER.codecs().stream()
                        .filter(codec -> !List.of(mimeTypes).contains(codec.mimeType()))
                        .toList(),
                ROUTER.headerExtensions());
    }

    static RtpCapabilities withExtensions(String... uris) {
        return new RtpCapabilities(
                ROUTER.codecs(),
                ROUTER.headerExtensions().stream()
                        .filter(extension -> List.of(uris).contains(extension.uri()))
                        .toList());
    }

    static RtpHeaderExtension extension(MediaKind kind, String uri, int id) {
        return new RtpHeaderExtension(kind, uri, id, false, "sendrecv");
    }

    static int payloadType(RtpCapabilities capabilities, String mimeType) {
        return capabilities.codecs().stream()
                .filter(codec -> codec.mimeType().equals(mimeType))
                .findFirst()
                .orElseThrow()
                .preferredPayloadType()
                .orElseThrow();
    }

    static List<String> feedback(RtpCodecParameters codec) {
        return codec.rtcpFeedback().stream().map(Samples::name).toList();
    }

    private static String name(RtcpFeedback feedback) {
        return (feedback.type() + " " + feedback.parameter()).strip();
    }
}
