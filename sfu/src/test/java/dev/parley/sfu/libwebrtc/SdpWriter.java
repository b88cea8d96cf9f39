package dev.parley.sfu.libwebrtc;

import dev.parley.sfu.MediaKind;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.WebRtcTransport;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the SFU's side as a session description: as a client library does, because the SFU itself speaks none. */
final class SdpWriter {
    private final StringBuilder sdp = new StringBuilder();

    /** The answer to what a peer offers to send, or with ssrcs, the offer of what the SFU sends. */
    static String of(WebRtcTransport transport, List<SdpReader.Section> sections, boolean offer) {
        var writer = new SdpWriter();
        writer.line("v=0");
        writer.line("o=- 1 1 IN IP4 0.0.0.0");
        writer.line("s=-");
        writer.line("t=0 0");
        writer.line("a=ice-lite");
        writer.line("a=extmap-allow-mixed");
        writer.line("a=group:BUNDLE " + sections.stream()
                .map(section -> section.parameters().mid().orElseThrow())
                .collect(Collectors.joining(" ")));
        for (var section : sections) {
            writer.section(transport, section, offer);
        }
        return writer.sdp.toString();
    }

    private void section(WebRtcTransport transport, SdpReader.Section section, boolean offer) {
        var parameters = section.parameters();
        var types = parameters.codecs().stream()
                .map(codec -> Integer.toString(codec.payloadType()))
                .collect(Collectors.joining(" "));
        line("m=" + (section.kind() == MediaKind.AUDIO ? "audio" : "video") + " 7 UDP/TLS/RTP/SAVPF " + types);
        line("c=IN IP4 127.0.0.1");
        line("a=mid:" + parameters.mid().orElseThrow());
        line(offer ? "a=sendonly" : "a=recvonly");
        line("a=rtcp-mux");
        line("a=rtcp-rsize");
        transport(transport, offer);
        codecs(parameters);
        for (var extension : parameters.headerExtensions()) {
            line("a=extmap:" + extension.id() + " " + extension.uri());
        }
        if (offer) {
            ssrcs(parameters);
        }
    }

    private void transport(WebRtcTransport transport, boolean offer) {
        var ice = transport.iceParameters();
        line("a=ice-ufrag:" + ice.usernameFragment());
        line("a=ice-pwd:" + ice.password());
        var fingerprint = transport.dtlsParameters().fingerprints().getFirst();
        line("a=fingerprint:" + fingerprint.algorithm() + " " + fingerprint.value());
        line(offer ? "a=setup:actpass" : "a=setup:passive");
        for (var candidate : transport.iceCandidates()) {
            line("a=candidate:%s 1 udp %d %s %d typ host".formatted(
                    candidate.foundation(), candidate.priority(), candidate.address(), candidate.port()));
        }
        line("a=end-of-candidates");
    }

    private void codecs(RtpParameters parameters) {
        for (var codec : parameters.codecs()) {
            var name = codec.mimeType().substring(codec.mimeType().indexOf('/') + 1);
            var channels = codec.channels().isPresent() ? "/" + codec.channels().getAsInt() : "";
            line("a=rtpmap:" + codec.payloadType() + " " + name + "/" + codec.clockRate() + channels);
            if (!codec.parameters().isEmpty()) {
                line("a=fmtp:" + codec.payloadType() + " " + codec.parameters().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(";")));
            }
            for (var feedback : codec.rtcpFeedback()) {
                line(("a=rtcp-fb:" + codec.payloadType() + " " + feedback.type() + " " + feedback.parameter()).strip());
            }
        }
    }

    private void ssrcs(RtpParameters parameters) {
        var encoding = parameters.encodings().getFirst();
        long ssrc = encoding.ssrc().orElseThrow();
        var cname = parameters.rtcp().cname().orElse("-");
        line("a=msid:stream-" + ssrc + " track-" + ssrc);
        encoding.rtx().ifPresent(rtx -> line("a=ssrc-group:FID " + ssrc + " " + rtx.ssrc()));
        line("a=ssrc:" + ssrc + " cname:" + cname);
        encoding.rtx().ifPresent(rtx -> line("a=ssrc:" + rtx.ssrc() + " cname:" + cname));
    }

    private void line(String line) {
        sdp.append(line).append("\r\n");
    }
}
