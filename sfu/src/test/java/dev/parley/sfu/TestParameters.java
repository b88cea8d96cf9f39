package dev.parley.sfu;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Parameters as a browser's client sends them. */
final class TestParameters {
    private TestParameters() {}

    static RtpParameters opus(String mid, long ssrc) {
        var opus = new RtpCodecParameters("audio/opus", 111, 48_000, OptionalInt.of(2), Map.of(), List.of());
        return new RtpParameters(
                Optional.of(mid),
                List.of(opus),
                List.of(RtpHeaderExtensionParameters.of("urn:ietf:params:rtp-hdrext:sdes:mid", 4)),
                List.of(RtpEncodingParameters.of(ssrc)),
                new RtcpParameters(Optional.of("client"), true));
    }

    static RtpParameters vp8(String mid, long ssrc, long rtxSsrc) {
        var feedback = List.of(RtcpFeedback.of("nack"), new RtcpFeedback("nack", "pli"));
        var vp8 = new RtpCodecParameters("video/VP8", 96, 90_000, OptionalInt.empty(), Map.of(), feedback);
        var rtx = new RtpCodecParameters("video/rtx", 97, 90_000, OptionalInt.empty(), Map.of("apt", 96), List.of());
        return new RtpParameters(
                Optional.of(mid),
                List.of(vp8, rtx),
                List.of(),
                List.of(RtpEncodingParameters.of(ssrc, rtxSsrc)),
                RtcpParameters.defaults());
    }

    static DtlsParameters client() {
        return new DtlsParameters(DtlsRole.CLIENT, List.of(new DtlsFingerprint("sha-256", "AB:".repeat(31) + "AB")));
    }
}
