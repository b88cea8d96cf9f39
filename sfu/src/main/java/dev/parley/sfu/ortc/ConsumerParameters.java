package dev.parley.sfu.ortc;

import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtcpParameters;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.RtxParameters;
import dev.parley.sfu.SfuException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** What one subscriber gets of a producer: the part of it that the subscriber can handle. */
final class ConsumerParameters {
    private ConsumerParameters() {}

    /** Whether the subscriber can decode at least one of the producer's codecs. */
    static boolean canConsume(RtpParameters consumable, RtpCapabilities subscriber) {
        return consumable.codecs().stream()
                .anyMatch(codec -> !codec.isRtx() && matching(codec, subscriber).isPresent());
    }

    static RtpParameters of(RtpParameters consumable, RtpCapabilities subscriber, LongSupplier ssrcs) {
        var extensions = extensions(consumable, subscriber);
        var codecs = codecs(consumable, subscriber, congestionFeedback(extensions));
        boolean rtx = codecs.stream().anyMatch(RtpCodecParameters::isRtx);
        return new RtpParameters(
                Optional.empty(),
                codecs,
                extensions,
                List.of(encoding(consumable, rtx, ssrcs)),
                new RtcpParameters(consumable.rtcp().cname(), true));
    }

    private static List<RtpCodecParameters> codecs(
            RtpParameters consumable, RtpCapabilities subscriber, String congestionFeedback) {
        var media = new HashSet<Integer>();
        var codecs = new ArrayList<RtpCodecParameters>();
        for (var codec : consumable.codecs()) {
            // A retransmission format follows its codec in the list, so its codec was decided on before it.
            boolean wanted = !codec.isRtx()
                    || media.contains(
                            CodecMatch.of(codec).associatedPayloadType().orElse(-1));
            var capability = matching(codec, subscriber);
            if (wanted && capability.isPresent()) {
                media.add(codec.payloadType());
                codecs.add(withFeedback(codec, feedback(codec, capability.get(), congestionFeedback)));
            }
        }
        if (codecs.isEmpty()) {
            throw new SfuException(
                    "unsupported-codec",
                    "The subscriber can decode none of the producer's codecs ("
                            + String.join(
                                    ", ",
                                    consumable.codecs().stream()
                                            .map(RtpCodecParameters::mimeType)
                                            .toList())
                            + "). Ask canConsume first, or let the publisher send another codec.");
        }
        return codecs;
    }

    private static Optional<RtpCodecCapability> matching(RtpCodecParameters codec, RtpCapabilities subscriber) {
        var wanted = CodecMatch.of(codec);
        return subscriber.codecs().stream()
                .filter(candidate -> CodecMatch.of(candidate).matches(wanted))
                .filter(candidate -> !codec.isRtx()
                        || CodecMatch.of(candidate).associatedPayloadType().equals(wanted.associatedPayloadType()))
                .findFirst();
    }

    private static List<RtcpFeedback> feedback(
            RtpCodecParameters codec, RtpCodecCapability subscriber, String congestionFeedback) {
        return subscriber.rtcpFeedback().stream()
                .filter(codec.rtcpFeedback()::contains)
                .filter(feedback -> switch (feedback.type().toLowerCase(Locale.ROOT)) {
                    case "transport-cc", "goog-remb" -> feedback.type().equalsIgnoreCase(congestionFeedback);
                    default -> true;
                })
                .toList();
    }

    /** Only one congestion feedback is used, and only one whose header extension is sent. */
    private static String congestionFeedback(List<RtpHeaderExtensionParameters> extensions) {
        var uris = extensions.stream().map(RtpHeaderExtensionParameters::uri).toList();
        if (uris.contains(HeaderExtensionUri.TRANSPORT_CC)) {
            return "transport-cc";
        }
        return uris.contains(HeaderExtensionUri.ABS_SEND_TIME) ? "goog-remb" : "";
    }

    private static List<RtpHeaderExtensionParameters> extensions(
            RtpParameters consumable, RtpCapabilities subscriber) {
        return consumable.headerExtensions().stream()
                .filter(extension -> subscriber.headerExtensions().stream()
                        .anyMatch(known -> known.uri().equals(extension.uri())
                                && known.preferredId() == extension.id()))
                .toList();
    }

    private static RtpEncodingParameters encoding(RtpParameters consumable, boolean rtx, LongSupplier ssrcs) {
        var first = consumable.encodings().getFirst();
        var maxBitrate = consumable.encodings().stream()
                .mapToInt(encoding -> encoding.maxBitrate().orElse(0))
                .max()
                .orElse(0);
        return new RtpEncodingParameters(
                OptionalLong.of(ssrcs.getAsLong()),
                Optional.empty(),
                OptionalInt.empty(),
                rtx ? Optional.of(new RtxParameters(ssrcs.getAsLong())) : Optional.empty(),
                first.dtx(),
                first.scalabilityMode(),
                maxBitrate > 0 ? OptionalInt.of(maxBitrate) : OptionalInt.empty());
    }

    private static RtpCodecParameters withFeedback(RtpCodecParameters codec, List<RtcpFeedback> feedback) {
        return new RtpCodecParameters(
                codec.mimeType(),
                codec.payloadType(),
                codec.clockRate(),
                codec.channels(),
                codec.parameters(),
                feedback);
    }
}
