package dev.parley.sfu.ortc;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.SfuException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Turns the codecs that a router is made with into its capabilities: payload types, retransmission, feedback. */
final class RouterCapabilities {
    /** The dynamic payload types of RFC 3551, 96–127, those below 100 last because old devices use them otherwise. */
    private static final List<Integer> DYNAMIC_PAYLOAD_TYPES = dynamicPayloadTypes();

    private final Set<Integer> free = new LinkedHashSet<>(DYNAMIC_PAYLOAD_TYPES);
    private final List<RtpCodecCapability> result = new ArrayList<>();

    private RouterCapabilities(List<RtpCodecCapability> codecs) {
        for (var codec : codecs) {
            codec.preferredPayloadType().ifPresent(this::reserve);
        }
    }

    static RtpCapabilities generate(List<RtpCodecCapability> codecs) {
        if (codecs.isEmpty()) {
            throw invalid("A router needs at least one codec.");
        }
        var capabilities = new RouterCapabilities(codecs);
        codecs.forEach(capabilities::add);
        return new RtpCapabilities(capabilities.result, SupportedRtp.HEADER_EXTENSIONS);
    }

    private void add(RtpCodecCapability wanted) {
        var supported = supported(wanted);
        var codec = new RtpCodecCapability(
                supported.kind(),
                supported.mimeType(),
                OptionalInt.of(wanted.preferredPayloadType().orElseGet(this::nextFree)),
                supported.clockRate(),
                supported.channels(),
                wanted.parameters(),
                SupportedRtp.feedback(supported.kind()));
        refuseDouble(codec);
        result.add(codec);
        if (codec.kind() == MediaKind.VIDEO) {
            result.add(rtxFor(codec));
        }
    }

    private static RtpCodecCapability supported(RtpCodecCapability wanted) {
        if (CodecMatch.of(wanted).isRtx()) {
            throw invalid("Leave retransmission formats out of a router's codecs: each video codec gets its own.");
        }
        return SupportedRtp.CODECS.stream()
                .filter(candidate -> CodecMatch.of(candidate).matches(CodecMatch.of(wanted)))
                .findFirst()
                .orElseThrow(() -> new SfuException(
                        "unsupported-codec",
                        "The codec " + wanted.mimeType() + " at " + wanted.clockRate() + " Hz with parameters "
                                + wanted.parameters() + " is not supported. Supported are Opus at 48000 Hz with 2"
                                + " channels, VP8, VP9, H264 and AV1."));
    }

    private void refuseDouble(RtpCodecCapability codec) {
        for (var other : result) {
            if (CodecMatch.of(other).matches(CodecMatch.of(codec))) {
                throw invalid("The codec " + codec.mimeType() + " with parameters " + codec.parameters()
                        + " stands twice in the router's codecs.");
            }
        }
    }

    private RtpCodecCapability rtxFor(RtpCodecCapability codec) {
        return new RtpCodecCapability(
                MediaKind.VIDEO,
                "video/rtx",
                OptionalInt.of(nextFree()),
                codec.clockRate(),
                OptionalInt.empty(),
                Map.of("apt", codec.preferredPayloadType().orElseThrow()),
                List.<RtcpFeedback>of());
    }

    private void reserve(int payloadType) {
        if (payloadType < 0 || payloadType > 127) {
            throw invalid("A payload type is a number from 0 to 127, not " + payloadType + ".");
        }
        if (!free.remove(payloadType) && DYNAMIC_PAYLOAD_TYPES.contains(payloadType)) {
            throw invalid("Two of the router's codecs ask for payload type " + payloadType + ".");
        }
    }

    private int nextFree() {
        var payloadTypes = free.iterator();
        if (!payloadTypes.hasNext()) {
            throw invalid("The router has more codecs than there are dynamic payload types (32).");
        }
        int payloadType = payloadTypes.next();
        payloadTypes.remove();
        return payloadType;
    }

    private static SfuException invalid(String message) {
        return new SfuException("invalid-parameters", message);
    }

    private static List<Integer> dynamicPayloadTypes() {
        var types = new ArrayList<Integer>();
        for (int type = 100; type <= 127; type++) {
            types.add(type);
        }
        for (int type = 96; type <= 99; type++) {
            types.add(type);
        }
        return List.copyOf(types);
    }
}
