package dev.parley.sfu.ortc;

import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpCodecParameters;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Whether two descriptions mean the same codec, so that what one side sends the other can decode. */
final class CodecMatch {
    private final String mimeType;
    private final int clockRate;
    private final OptionalInt channels;
    private final Map<String, Object> parameters;

    private CodecMatch(String mimeType, int clockRate, OptionalInt channels, Map<String, Object> parameters) {
        this.mimeType = mimeType.toLowerCase(Locale.ROOT);
        this.clockRate = clockRate;
        this.channels = channels;
        this.parameters = parameters;
    }

    static CodecMatch of(RtpCodecCapability codec) {
        return new CodecMatch(codec.mimeType(), codec.clockRate(), codec.channels(), codec.parameters());
    }

    static CodecMatch of(RtpCodecParameters codec) {
        return new CodecMatch(codec.mimeType(), codec.clockRate(), codec.channels(), codec.parameters());
    }

    boolean isRtx() {
        return mimeType.endsWith("/rtx");
    }

    /** The payload type of the codec that this retransmission format belongs to (RFC 4588, 8.1). */
    OptionalInt associatedPayloadType() {
        return Fmtp.number(parameters, "apt");
    }

    /** Same type, clock and channels: which codec it is, whatever its profile. */
    boolean isSameType(CodecMatch other) {
        return mimeType.equals(other.mimeType)
                && clockRate == other.clockRate
                && (!mimeType.startsWith("audio/") || channels.orElse(1) == other.channels.orElse(1));
    }

    /** The same type and the same profile. */
    boolean matches(CodecMatch other) {
        return isSameType(other)
                && switch (mimeType) {
                    case "video/h264" -> sameH264(other);
                    case "video/vp9" -> sameText(other, "profile-id", "0");
                    case "video/av1" -> sameText(other, "profile", "0");
                    default -> true;
                };
    }

    /** Packetization modes do not mix (RFC 6184, 8.1), and a decoder of one profile need not decode another. */
    private boolean sameH264(CodecMatch other) {
        return sameText(other, "packetization-mode", "0")
                && H264Profile.same(
                        Fmtp.text(parameters, "profile-level-id", H264Profile.DEFAULT_ID),
                        Fmtp.text(other.parameters, "profile-level-id", H264Profile.DEFAULT_ID));
    }

    private boolean sameText(CodecMatch other, String name, String fallback) {
        return Fmtp.text(parameters, name, fallback).equals(Fmtp.text(other.parameters, name, fallback));
    }
}
