package dev.parley.sfu.ortc;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtension;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.SfuException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a producer sends, held against what its router can do. */
final class ProducerParameters {
    private ProducerParameters() {}

    /** The producer's payload types mapped to the router's; refused when the router lacks one of its codecs. */
    static RtpMapping mapping(RtpParameters parameters, RtpCapabilities router) {
        var media = new HashMap<Integer, RtpCodecCapability>();
        for (var codec : parameters.codecs()) {
            if (!codec.isRtx()) {
                media.put(codec.payloadType(), routerCodec(codec, router));
            }
        }
        Map<Integer, Integer> payloadTypes = new HashMap<>();
        media.forEach((payloadType, codec) -> payloadTypes.put(payloadType, payloadType(codec)));
        for (var codec : parameters.codecs()) {
            if (codec.isRtx()) {
                // Validated before: the retransmission format names a codec that is there.
                int associated = CodecMatch.of(codec).associatedPayloadType().orElseThrow();
                var routerCodec = media.get(associated);
                if (routerCodec != null) {
                    rtxOf(routerCodec, router)
                            .ifPresent(rtx -> payloadTypes.put(codec.payloadType(), payloadType(rtx)));
                }
            }
        }
        return new RtpMapping(payloadTypes);
    }

    /** What can be consumed of a producer: its codecs under the router's payload types and extension ids. */
    static RtpParameters consumable(MediaKind kind, RtpParameters parameters, RtpCapabilities router) {
        var codecs = new ArrayList<RtpCodecParameters>();
        for (var codec : parameters.codecs()) {
            if (codec.isRtx()) {
                continue;
            }
            var routerCodec = routerCodec(codec, router);
            codecs.add(withParameters(routerCodec, codec.parameters()));
            rtxOf(routerCodec, router).ifPresent(rtx -> codecs.add(withParameters(rtx, rtx.parameters())));
        }
        return new RtpParameters(
                Optional.empty(),
                codecs,
                sentExtensions(kind, router),
                parameters.encodings().stream()
                        .map(ProducerParameters::consumableEncoding)
                        .toList(),
                parameters.rtcp());
    }

    private static RtpCodecCapability routerCodec(RtpCodecParameters codec, RtpCapabilities router) {
        return router.codecs().stream()
                .filter(candidate -> CodecMatch.of(candidate).matches(CodecMatch.of(codec)))
                .findFirst()
                .orElseThrow(() -> new SfuException(
                        "unsupported-codec",
                        "The router has no codec that matches " + codec.mimeType() + " with parameters "
                                + codec.parameters() + ". Send one of those in its rtpCapabilities."));
    }

    private static Optional<RtpCodecCapability> rtxOf(RtpCodecCapability codec, RtpCapabilities router) {
        return router.codecs().stream()
                .filter(candidate -> {
                    var match = CodecMatch.of(candidate);
                    return match.isRtx() && match.associatedPayloadType().equals(codec.preferredPayloadType());
                })
                .findFirst();
    }

    private static RtpCodecParameters withParameters(RtpCodecCapability codec, Map<String, Object> parameters) {
        return new RtpCodecParameters(
                codec.mimeType(),
                payloadType(codec),
                codec.clockRate(),
                codec.channels(),
                parameters,
                codec.rtcpFeedback());
    }

    private static List<RtpHeaderExtensionParameters> sentExtensions(MediaKind kind, RtpCapabilities router) {
        return router.headerExtensions().stream()
                .filter(extension -> extension.kind() == kind)
                .filter(RtpHeaderExtension::isSent)
                .map(extension -> RtpHeaderExtensionParameters.of(extension.uri(), extension.preferredId()))
                .toList();
    }

    /** SSRC, RID and retransmission are the producer's own affair: each consumer gets its own. */
    private static RtpEncodingParameters consumableEncoding(RtpEncodingParameters encoding) {
        return new RtpEncodingParameters(
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                encoding.dtx(),
                encoding.scalabilityMode(),
                encoding.maxBitrate());
    }

    private static int payloadType(RtpCodecCapability codec) {
        return codec.preferredPayloadType().orElseThrow();
    }
}
