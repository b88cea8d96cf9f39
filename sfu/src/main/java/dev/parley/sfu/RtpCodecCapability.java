package dev.parley.sfu;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A codec that a router or an endpoint can handle.
 *
 * @param kind audio or video
 * @param mimeType for example {@code audio/opus} or {@code video/rtx}; compared without regard to case
 * @param preferredPayloadType the payload type to use, 0–127; empty lets the router choose
 * @param clockRate RTP clock in Hz
 * @param channels audio channels; empty means one for audio and does not apply to video
 * @param parameters format parameters (the SDP's fmtp): strings, numbers and booleans
 * @param rtcpFeedback the feedback messages that the codec is used with
 */
public record RtpCodecCapability(
        MediaKind kind,
        String mimeType,
        OptionalInt preferredPayloadType,
        int clockRate,
        OptionalInt channels,
        Map<String, Object> parameters,
        List<RtcpFeedback> rtcpFeedback) {
    /** Missing parts are empty ones. */
    public RtpCodecCapability {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mimeType, "mimeType");
        preferredPayloadType = Defaults.optional(preferredPayloadType);
        channels = Defaults.optional(channels);
        parameters = Defaults.map(parameters);
        rtcpFeedback = Defaults.list(rtcpFeedback);
    }

    /** An audio codec without parameters, whose payload type the router chooses. */
    public static RtpCodecCapability audio(String mimeType, int clockRate, int channels) {
        return new RtpCodecCapability(
                MediaKind.AUDIO,
                mimeType,
                OptionalInt.empty(),
                clockRate,
                OptionalInt.of(channels),
                Map.of(),
                List.of());
    }

    /** A video codec (90 kHz), whose payload type the router chooses. */
    public static RtpCodecCapability video(String mimeType, Map<String, Object> parameters) {
        return new RtpCodecCapability(
                MediaKind.VIDEO, mimeType, OptionalInt.empty(), 90_000, OptionalInt.empty(), parameters, List.of());
    }
}
