package dev.parley.sfu.ortc;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtcpFeedback;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpCodecCapability;
import dev.parley.sfu.RtpCodecParameters;
import dev.parley.sfu.RtpEncodingParameters;
import dev.parley.sfu.RtpHeaderExtensionParameters;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.SfuException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Refuses parameters that contradict themselves, with a sentence that names the field. They come from the network. */
final class Validation {
    /** More entries than any endpoint has; keeps hostile lists short. */
    private static final int MAX_ENTRIES = 128;

    private static final int MAX_TEXT = 256;
    private static final long MAX_SSRC = 0xffff_ffffL;

    private Validation() {}

    static void capabilities(RtpCapabilities capabilities) {
        limit("codecs", capabilities.codecs());
        limit("headerExtensions", capabilities.headerExtensions());
        for (var codec : capabilities.codecs()) {
            codec(codec);
        }
        for (var extension : capabilities.headerExtensions()) {
            text("headerExtensions[].uri", extension.uri());
            extensionId(extension.preferredId());
        }
    }

    static void parameters(MediaKind kind, RtpParameters parameters) {
        parameters.mid().ifPresent(mid -> text("mid", mid));
        parameters.rtcp().cname().ifPresent(cname -> text("rtcp.cname", cname));
        codecs(kind, parameters.codecs());
        headerExtensions(parameters.headerExtensions());
        encodings(parameters);
    }

    private static void codec(RtpCodecCapability codec) {
        mimeType(codec.kind(), codec.mimeType());
        codec.preferredPayloadType().ifPresent(Validation::payloadType);
        clock(codec.mimeType(), codec.clockRate(), codec.channels());
        feedback(codec.rtcpFeedback());
        limit("parameters", codec.parameters().keySet());
    }

    private static void codecs(MediaKind kind, List<RtpCodecParameters> codecs) {
        limit("codecs", codecs);
        var payloadTypes = new HashSet<Integer>();
        var media = new HashSet<Integer>();
        for (var codec : codecs) {
            mimeType(kind, codec.mimeType());
            payloadType(codec.payloadType());
            clock(codec.mimeType(), codec.clockRate(), codec.channels());
            feedback(codec.rtcpFeedback());
            limit("parameters", codec.parameters().keySet());
            once("payload type", payloadTypes, codec.payloadType());
            if (!codec.isRtx()) {
                media.add(codec.payloadType());
            }
        }
        require(!media.isEmpty(), "codecs must hold at least one codec besides retransmission formats.");
        for (var codec : codecs) {
            var associated = CodecMatch.of(codec).associatedPayloadType();
            require(
                    !codec.isRtx() || associated.isPresent() && media.contains(associated.getAsInt()),
                    "The retransmission format with payload type " + codec.payloadType()
                            + " must name a codec of the same list in its parameter apt.");
        }
    }

    private static void headerExtensions(List<RtpHeaderExtensionParameters> extensions) {
        limit("headerExtensions", extensions);
        var ids = new HashSet<Integer>();
        var uris = new HashSet<String>();
        for (var extension : extensions) {
            text("headerExtensions[].uri", extension.uri());
            extensionId(extension.id());
            once("header extension id", ids, extension.id());
            once("header extension", uris, extension.uri());
        }
    }

    private static void encodings(RtpParameters parameters) {
        limit("encodings", parameters.encodings());
        require(!parameters.encodings().isEmpty(), "encodings must hold at least one encoding.");
        var ssrcs = new HashSet<Long>();
        var rids = new HashSet<String>();
        for (var encoding : parameters.encodings()) {
            encoding(encoding, parameters.mid().isPresent());
            encoding.ssrc().ifPresent(ssrc -> once("SSRC", ssrcs, ssrc));
            encoding.rtx().ifPresent(rtx -> once("SSRC", ssrcs, rtx.ssrc()));
            encoding.rid().ifPresent(rid -> once("RID", rids, rid));
        }
    }

    private static void encoding(RtpEncodingParameters encoding, boolean hasMid) {
        require(
                encoding.ssrc().isPresent() || encoding.rid().isPresent() || hasMid,
                "An encoding needs an ssrc or a rid, or the stream a mid: otherwise its packets cannot be recognised.");
        encoding.ssrc().ifPresent(Validation::ssrc);
        encoding.rtx().ifPresent(rtx -> ssrc(rtx.ssrc()));
        encoding.rid().ifPresent(rid -> text("encodings[].rid", rid));
        encoding.codecPayloadType().ifPresent(Validation::payloadType);
        encoding.scalabilityMode().ifPresent(mode -> text("encodings[].scalabilityMode", mode));
    }

    private static void mimeType(MediaKind kind, String mimeType) {
        text("codecs[].mimeType", mimeType);
        require(
                mimeType.toLowerCase(Locale.ROOT).startsWith(kind + "/"),
                "The codec " + mimeType + " is not of the kind " + kind + ".");
    }

    private static void clock(String mimeType, int clockRate, OptionalInt channels) {
        require(clockRate > 0, "The clockRate of " + mimeType + " must be above 0 Hz, not " + clockRate + ".");
        require(
                channels.isEmpty() || channels.getAsInt() >= 1 && channels.getAsInt() <= 255,
                "The channels of " + mimeType + " must be from 1 to 255.");
    }

    private static void feedback(List<RtcpFeedback> feedback) {
        limit("rtcpFeedback", feedback);
        feedback.forEach(message -> text("rtcpFeedback[].type", message.type()));
    }

    private static void payloadType(int payloadType) {
        require(payloadType >= 0 && payloadType <= 127, "A payload type is from 0 to 127, not " + payloadType + ".");
    }

    private static void extensionId(int id) {
        require(id >= 1 && id <= 255, "A header extension's id is from 1 to 255, not " + id + ".");
    }

    private static void ssrc(long ssrc) {
        require(ssrc > 0 && ssrc <= MAX_SSRC, "An SSRC is from 1 to 4294967295, not " + ssrc + ".");
    }

    private static void text(String field, String text) {
        require(!text.isEmpty() && text.length() <= MAX_TEXT, field + " must have 1 to " + MAX_TEXT + " characters.");
    }

    private static void limit(String field, Collection<?> entries) {
        require(entries.size() <= MAX_ENTRIES, field + " must have at most " + MAX_ENTRIES + " entries.");
    }

    private static <T> void once(String what, Set<T> seen, T value) {
        require(seen.add(value), "The " + what + " " + value + " stands twice.");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new SfuException("invalid-parameters", message);
        }
    }
}
