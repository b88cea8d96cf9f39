package dev.parley.loadtest.signalling;

import dev.parley.loadtest.media.Stream;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Between a {@link Stream} and the ORTC JSON of signalling. */
final class RtpJson {
    private static final RtpExtension[] EXTENSIONS = {
        RtpExtension.TRANSPORT_CC, RtpExtension.ABS_SEND_TIME, RtpExtension.AUDIO_LEVEL
    };

    private RtpJson() {}

    /**
     * A stream as this client will send it to a router.
     *
     * @param capabilities {@code routerRtpCapabilities}
     */
    static Stream toSend(JsonNode capabilities, int sender, int number, boolean video, long ssrc) {
        var codec = codec(capabilities, video ? "video/VP8" : "audio/opus");
        int payloadType = codec.path("preferredPayloadType").asInt();
        var rtx = video ? rtxOf(capabilities.path("codecs"), payloadType) : Optional.<JsonNode>empty();
        return new Stream(
                sender,
                number,
                video,
                ssrc,
                payloadType,
                rtx.isPresent() ? ssrc + 1 : 0,
                rtx.map(found -> found.path("preferredPayloadType").asInt()).orElse(0),
                extensions(capabilities.path("headerExtensions"), "preferredId"));
    }

    private static JsonNode codec(JsonNode capabilities, String mimeType) {
        for (var codec : capabilities.path("codecs")) {
            if (codec.path("mimeType").asString("").equalsIgnoreCase(mimeType)) {
                return codec;
            }
        }
        throw Refusal.answered("join", "media/unsupported", "the room has no " + mimeType);
    }

    private static Optional<JsonNode> rtxOf(JsonNode codecs, int payloadType) {
        for (var codec : codecs) {
            if (codec.path("mimeType").asString("").endsWith("/rtx")
                    && codec.path("parameters").path("apt").asInt() == payloadType) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    private static RtpExtensionIds extensions(JsonNode list, String idField) {
        var ids = RtpExtensionIds.NONE;
        for (var wanted : EXTENSIONS) {
            for (var offered : list) {
                if (offered.path("uri").asString("").equals(wanted.uri()) && ids.id(wanted) == 0) {
                    ids = ids.with(wanted, offered.path(idField).asInt());
                }
            }
        }
        return ids;
    }

    /** The {@code rtpParameters} of {@code produce}. */
    static ObjectNode toProduce(Stream stream) {
        var parameters = SocketIo.object();
        parameters.put("mid", String.valueOf(stream.stream()));
        var codecs = parameters.putArray("codecs");
        var codec = codecs.addObject();
        codec.put("mimeType", stream.video() ? "video/VP8" : "audio/opus");
        codec.put("payloadType", stream.payloadType()).put("clockRate", stream.clockRate());
        var feedback = codec.putArray("rtcpFeedback");
        feedback.addObject().put("type", "transport-cc").put("parameter", "");
        var codecParameters = codec.putObject("parameters");
        if (stream.video()) {
            feedback.addObject().put("type", "nack").put("parameter", "");
            feedback.addObject().put("type", "nack").put("parameter", "pli");
            feedback.addObject().put("type", "ccm").put("parameter", "fir");
        } else {
            codec.put("channels", 2);
            codecParameters.put("useinbandfec", 1).put("usedtx", 1).put("minptime", 10);
        }
        var encoding = parameters.putArray("encodings").addObject().put("ssrc", stream.ssrc());
        if (stream.hasRtx()) {
            var rtx = codecs.addObject();
            rtx.put("mimeType", "video/rtx").put("payloadType", stream.rtxPayloadType()).put("clockRate", 90_000);
            rtx.putArray("rtcpFeedback");
            rtx.putObject("parameters").put("apt", stream.payloadType());
            encoding.putObject("rtx").put("ssrc", stream.rtxSsrc());
        }
        var extensions = parameters.putArray("headerExtensions");
        for (var extension : EXTENSIONS) {
            int id = stream.extensions().id(extension);
            if (id != 0 && !(stream.video() && extension == RtpExtension.AUDIO_LEVEL)) {
                var entry = extensions.addObject().put("uri", extension.uri()).put("id", id).put("encrypt", false);
                entry.putObject("parameters");
            }
        }
        parameters.putObject("rtcp").put("cname", "parley-loadtest").put("reducedSize", true);
        return parameters;
    }

    /** The stream that a consumer sends, whose content is that of a person. */
    static Stream toReceive(JsonNode consumer, int sender, int number) {
        var parameters = consumer.path("rtpParameters");
        var encoding = parameters.path("encodings").path(0);
        int payloadType = parameters.path("codecs").path(0).path("payloadType").asInt();
        long rtxSsrc = encoding.path("rtx").path("ssrc").asLong(0);
        return new Stream(
                sender,
                number,
                consumer.path("kind").asString("").equals("video"),
                encoding.path("ssrc").asLong(),
                payloadType,
                rtxSsrc,
                rtxOf(parameters.path("codecs"), payloadType)
                        .map(found -> found.path("payloadType").asInt())
                        .orElse(0),
                extensions(parameters.path("headerExtensions"), "id"));
    }
}
