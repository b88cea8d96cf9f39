package dev.parley.sfu.testing;

import dev.parley.sfu.DtlsFingerprint;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Between a {@link StreamSpec} and the parameters of the SFU's API. */
final class Negotiation {
    private Negotiation() {}

    static MediaKind kind(StreamSpec spec) {
        return spec.video() ? MediaKind.VIDEO : MediaKind.AUDIO;
    }

    /** What a client that sends this stream says when it produces. */
    static RtpParameters toProduce(StreamSpec spec) {
        var encoding = spec.hasRtx()
                ? RtpEncodingParameters.of(spec.ssrc(), spec.rtxSsrc())
                : RtpEncodingParameters.of(spec.ssrc());
        return new RtpParameters(spec.mid(), codecs(spec), extensions(spec.extensions()), List.of(encoding), null);
    }

    private static List<RtpCodecParameters> codecs(StreamSpec spec) {
        var feedback = new ArrayList<RtcpFeedback>();
        feedback.add(new RtcpFeedback("transport-cc", ""));
        if (!spec.video()) {
            var channels = OptionalInt.of(2);
            return List.of(new RtpCodecParameters(
                    "audio/opus", spec.payloadType(), 48_000, channels, Map.of("useinbandfec", 1), feedback));
        }
        feedback.add(new RtcpFeedback("nack", ""));
        feedback.add(new RtcpFeedback("nack", "pli"));
        feedback.add(new RtcpFeedback("ccm", "fir"));
        var none = OptionalInt.empty();
        return List.of(
                new RtpCodecParameters("video/VP8", spec.payloadType(), 90_000, none, Map.of(), feedback),
                new RtpCodecParameters(
                        "video/rtx",
                        spec.rtxPayloadType(),
                        90_000,
                        none,
                        Map.of("apt", spec.payloadType()),
                        List.of()));
    }

    private static List<RtpHeaderExtensionParameters> extensions(RtpExtensionIds ids) {
        var list = new ArrayList<RtpHeaderExtensionParameters>();
        for (var extension : RtpExtension.values()) {
            if (ids.id(extension) != 0) {
                list.add(RtpHeaderExtensionParameters.of(extension.uri(), ids.id(extension)));
            }
        }
        return list;
    }

    /** The stream that a client is told to expect, whose content is that of the original. */
    static StreamSpec toConsume(StreamSpec original, RtpParameters parameters) {
        var encoding = parameters.encodings().getFirst();
        int rtxType = parameters.codecs().stream()
                .filter(RtpCodecParameters::isRtx)
                .mapToInt(RtpCodecParameters::payloadType)
                .findFirst()
                .orElse(0);
        var ids = RtpExtensionIds.NONE;
        for (var parameter : parameters.headerExtensions()) {
            var known = RtpExtension.ofUri(parameter.uri());
            if (known.isPresent()) {
                ids = ids.with(known.get(), parameter.id());
            }
        }
        return new StreamSpec(
                original.video(),
                original.content(),
                encoding.ssrc().orElseThrow(),
                parameters.codecs().getFirst().payloadType(),
                encoding.rtx().map(rtx -> rtx.ssrc()).orElse(0L),
                encoding.rtx().isPresent() ? rtxType : 0,
                ids,
                parameters.mid());
    }

    /** The peer's fingerprints for the SFU. */
    static List<DtlsFingerprint> toSfu(List<dev.parley.sfu.engine.dtls.DtlsFingerprint> fingerprints) {
        return fingerprints.stream()
                .map(fingerprint -> new DtlsFingerprint(fingerprint.algorithm(), fingerprint.value()))
                .toList();
    }

    /** The SFU's fingerprints for the peer. */
    static List<dev.parley.sfu.engine.dtls.DtlsFingerprint> toPeer(List<DtlsFingerprint> fingerprints) {
        return fingerprints.stream()
                .map(fingerprint -> dev.parley.sfu.engine.dtls.DtlsFingerprint.parse(
                        fingerprint.algorithm(), fingerprint.value()))
                .flatMap(Optional::stream)
                .toList();
    }
}
