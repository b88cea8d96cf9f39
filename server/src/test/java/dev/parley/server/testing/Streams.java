package dev.parley.server.testing;

import static dev.parley.server.testing.Answers.ok;
import static dev.parley.server.testing.SocketIoClient.json;
import static dev.parley.server.testing.SocketIoClient.object;

import dev.parley.server.testing.TestServer.Member;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Transports and streams as mediasoup-client asks for them; no media flows. */
public final class Streams {
    private static final AtomicInteger SSRC = new AtomicInteger(1000);

    private Streams() {}

    /** The id of a new transport to send over. */
    public static String sendTransport(Member member) {
        return ok(member.client().request("createTransport", object("direction", "send"))).get("id").stringValue();
    }

    /** The id of a new transport to receive over. */
    public static String receiveTransport(Member member) {
        var request = object("direction", "recv", "rtpCapabilities", member.joined().get("routerRtpCapabilities"));
        return ok(member.client().request("createTransport", request)).get("id").stringValue();
    }

    /** Parameters of a voice, of an SSRC of its own. */
    public static JsonNode opus() {
        int ssrc = SSRC.incrementAndGet();
        return json("""
                {'mid':'%d','codecs':[{'mimeType':'audio/opus','payloadType':111,'clockRate':48000,'channels':2,
                 'parameters':{'minptime':10,'useinbandfec':1},'rtcpFeedback':[{'type':'transport-cc','parameter':''}]}],
                 'headerExtensions':[{'uri':'urn:ietf:params:rtp-hdrext:sdes:mid','id':4,'encrypt':false,'parameters':{}},
                  {'uri':'urn:ietf:params:rtp-hdrext:ssrc-audio-level','id':1,'encrypt':false,'parameters':{}}],
                 'encodings':[{'ssrc':%d,'dtx':false}],'rtcp':{'cname':'c','reducedSize':true}}""".formatted(ssrc, ssrc));
    }

    /** Parameters of a picture, of SSRCs of its own. */
    public static JsonNode vp8() {
        int ssrc = SSRC.addAndGet(2) - 1;
        return json("""
                {'mid':'%d','codecs':[{'mimeType':'video/VP8','payloadType':96,'clockRate':90000,'parameters':{},
                  'rtcpFeedback':[{'type':'nack','parameter':'pli'},{'type':'nack','parameter':''}]},
                 {'mimeType':'video/rtx','payloadType':97,'clockRate':90000,'parameters':{'apt':96},'rtcpFeedback':[]}],
                 'headerExtensions':[{'uri':'urn:ietf:params:rtp-hdrext:sdes:mid','id':4,'encrypt':false,'parameters':{}}],
                 'encodings':[{'ssrc':%d,'rtx':{'ssrc':%d}}],'rtcp':{'cname':'c','reducedSize':true}}"""
                .formatted(ssrc, ssrc, ssrc + 1));
    }

    /** The answer to `produce` of that source. */
    public static JsonNode produce(Member member, String transport, String source) {
        boolean audio = source.equals("microphone") || source.equals("screenAudio");
        return member.client().request(
                "produce",
                object(
                        "transportId", transport,
                        "kind", audio ? "audio" : "video",
                        "source", source,
                        "rtpParameters", audio ? opus() : vp8()));
    }
}
