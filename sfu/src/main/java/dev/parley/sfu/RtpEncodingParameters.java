package dev.parley.sfu;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One encoding of a stream: a layer of simulcast, or the stream itself where it has only one.
 *
 * @param ssrc its SSRC, 32 bits unsigned
 * @param rid its RID (RFC 8851), where it is found by name instead of by SSRC
 * @param codecPayloadType the codec that it uses, where the stream has several
 * @param rtx its retransmission stream
 * @param dtx whether silence is not sent (Opus)
 * @param scalabilityMode its layers, for example {@code L1T3} (W3C WebRTC-SVC)
 * @param maxBitrate the highest bitrate that is sent, in bits per second
 */
public record RtpEncodingParameters(
        OptionalLong ssrc,
        Optional<String> rid,
        OptionalInt codecPayloadType,
        Optional<RtxParameters> rtx,
        boolean dtx,
        Optional<String> scalabilityMode,
        OptionalInt maxBitrate) {
    /** Missing parts are empty ones. */
    public RtpEncodingParameters {
        ssrc = Defaults.optional(ssrc);
        rid = Defaults.optional(rid);
        codecPayloadType = Defaults.optional(codecPayloadType);
        rtx = Defaults.optional(rtx);
        scalabilityMode = Defaults.optional(scalabilityMode);
        maxBitrate = Defaults.optional(maxBitrate);
    }

    /** An encoding found by its SSRC, without retransmission. */
    public static RtpEncodingParameters of(long ssrc) {
        return new RtpEncodingParameters(
                OptionalLong.of(ssrc),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                OptionalInt.empty());
    }

    /** An encoding found by its SSRC, whose retransmissions have an SSRC of their own. */
    public static RtpEncodingParameters of(long ssrc, long rtxSsrc) {
        return of(ssrc).withRtx(Optional.of(new RtxParameters(rtxSsrc)));
    }

    /** The same encoding with another retransmission stream, or none. */
    public RtpEncodingParameters withRtx(Optional<RtxParameters> stream) {
        return new RtpEncodingParameters(ssrc, rid, codecPayloadType, stream, dtx, scalabilityMode, maxBitrate);
    }
}
