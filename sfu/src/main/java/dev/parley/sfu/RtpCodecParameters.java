package dev.parley.sfu;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A codec as one stream uses it.
 *
 * @param mimeType for example {@code audio/opus}; compared without regard to case
 * @param payloadType the payload type in the RTP header, 0–127
 * @param clockRate RTP clock in Hz
 * @param channels audio channels; empty for video
 * @param parameters format parameters (the SDP's fmtp)
 * @param rtcpFeedback the feedback messages in use
 */
public record RtpCodecParameters(
        String mimeType,
        int payloadType,
        int clockRate,
        OptionalInt channels,
        Map<String, Object> parameters,
        List<RtcpFeedback> rtcpFeedback) {
    /** Missing parts are empty ones. */
    public RtpCodecParameters {
        Objects.requireNonNull(mimeType, "mimeType");
        channels = Defaults.optional(channels);
        parameters = Defaults.map(parameters);
        rtcpFeedback = Defaults.list(rtcpFeedback);
    }

    /** Whether this is the retransmission format of another codec (RFC 4588). */
    public boolean isRtx() {
        return mimeType.toLowerCase(Locale.ROOT).endsWith("/rtx");
    }
}
