package dev.parley.sfu.lane;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.RtxParameters;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RecvStreamConfig;
import dev.parley.sfu.engine.stream.RecvStreamConfig.KeyFrameRequest;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import dev.parley.sfu.wire.codec.PayloadFormat;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** From negotiated parameters to what the engine's streams want to know. */
final class StreamConfigs {
    /**
     * Below half of the sequence numbers, so that a receiver that misses the first packets does not take the stream for one whose
     * numbers have rolled over (RFC 3711, 3.3.1).
     */
    private static final int FIRST_SEQUENCE_LIMIT = 0x8000;

    private StreamConfigs() {}

    /**
     * The stream that a producer's encoding is received as.
     *
     * @param ssrc the media's SSRC, announced or learned
     * @param rtxSsrc that of the retransmissions, if known
     */
    static RecvStreamConfig receive(MediaKind kind, RtpParameters parameters, long ssrc, OptionalLong rtxSsrc) {
        var codec = codecOf(parameters);
        var rtx = rtxOf(parameters, codec);
        var video = kind == MediaKind.VIDEO;
        return new RecvStreamConfig(
                ssrc,
                codec.payloadType(),
                rtx.isPresent() ? rtxSsrc : OptionalLong.empty(),
                rtxSsrc.isPresent() ? rtx : OptionalInt.empty(),
                PayloadFormat.ofMimeType(codec.mimeType()),
                codec.clockRate(),
                extensions(parameters.headerExtensions()),
                has(codec, "nack", ""),
                video ? keyFrameRequest(codec) : KeyFrameRequest.NONE,
                video ? PacketRing.VIDEO_CAPACITY : PacketRing.AUDIO_CAPACITY);
    }

    /** The stream that a consumer is sent as. */
    static SendStreamConfig send(MediaKind kind, RtpParameters parameters, RandomGenerator random) {
        var codec = codecOf(parameters);
        var encoding = encodingOf(parameters);
        var rtxPayloadType = rtxOf(parameters, codec);
        var rtxSsrc = encoding.rtx().map(RtxParameters::ssrc);
        var withRtx = rtxPayloadType.isPresent() && rtxSsrc.isPresent();
        return new SendStreamConfig(
                encoding.ssrc().orElseThrow(() -> new SfuException("invalid-parameters", "A consumer needs an SSRC.")),
                codec.payloadType(),
                withRtx ? OptionalLong.of(rtxSsrc.get()) : OptionalLong.empty(),
                withRtx ? rtxPayloadType : OptionalInt.empty(),
                codec.clockRate(),
                parameters.rtcp().cname().orElse(""),
                parameters.mid(),
                extensions(parameters.headerExtensions()),
                kind == MediaKind.VIDEO && PayloadFormat.ofMimeType(codec.mimeType()).hasKeyFrames(),
                has(codec, "nack", ""),
                random.nextInt(FIRST_SEQUENCE_LIMIT),
                random.nextInt(FIRST_SEQUENCE_LIMIT));
    }

    static RtpEncodingParameters encodingOf(RtpParameters parameters) {
        if (parameters.encodings().size() != 1) {
            throw new SfuException("invalid-parameters", "A stream has exactly one encoding here.");
        }
        return parameters.encodings().getFirst();
    }

    /** The codec that the encoding names, or the first that is media. */
    static RtpCodecParameters codecOf(RtpParameters parameters) {
        var wanted = encodingOf(parameters).codecPayloadType();
        return parameters.codecs().stream()
                .filter(codec -> !codec.isRtx())
                .filter(codec -> wanted.isEmpty() || codec.payloadType() == wanted.getAsInt())
                .findFirst()
                .orElseThrow(() -> new SfuException("invalid-parameters", "The parameters name no media codec."));
    }

    /** The payload type of the codec's retransmission format (RFC 4588, 8.1: its {@code apt}). */
    static OptionalInt rtxOf(RtpParameters parameters, RtpCodecParameters codec) {
        return parameters.codecs().stream()
                .filter(RtpCodecParameters::isRtx)
                .filter(rtx -> rtx.parameters().get("apt") instanceof Number apt
                        && apt.intValue() == codec.payloadType())
                .mapToInt(RtpCodecParameters::payloadType)
                .findFirst();
    }

    /** The ids of those extensions that the SFU knows. */
    static RtpExtensionIds extensions(List<RtpHeaderExtensionParameters> parameters) {
        var ids = RtpExtensionIds.NONE;
        for (var parameter : parameters) {
            Optional<RtpExtension> known = RtpExtension.ofUri(parameter.uri());
            if (known.isPresent()) {
                ids = ids.with(known.get(), parameter.id());
            }
        }
        return ids;
    }

    private static KeyFrameRequest keyFrameRequest(RtpCodecParameters codec) {
        if (has(codec, "nack", "pli")) {
            return KeyFrameRequest.PLI;
        }
        return has(codec, "ccm", "fir") ? KeyFrameRequest.FIR : KeyFrameRequest.NONE;
    }

    private static boolean has(RtpCodecParameters codec, String type, String parameter) {
        return codec.rtcpFeedback().stream()
                .anyMatch(feedback -> feedback.type().equals(type) && feedback.parameter().equals(parameter));
    }
}
