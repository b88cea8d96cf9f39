package dev.parley.sfu;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that describes one media stream on one transport, in the form of mediasoup's JSON.
 *
 * @param mid the media identification (RFC 9143) sent in the header extension
 * @param codecs the codecs in use, each followed or not by its retransmission format
 * @param headerExtensions the RTP header extensions in use
 * @param encodings the encodings that are sent
 * @param rtcp how RTCP is used
 */
public record RtpParameters(
        Optional<String> mid,
        List<RtpCodecParameters> codecs,
        List<RtpHeaderExtensionParameters> headerExtensions,
        List<RtpEncodingParameters> encodings,
        RtcpParameters rtcp) {
    /** Missing parts are empty ones. */
    public RtpParameters {
        mid = Defaults.optional(mid);
        codecs = Defaults.list(codecs);
        headerExtensions = Defaults.list(headerExtensions);
        encodings = Defaults.list(encodings);
        rtcp = orDefault(rtcp);
    }

    private static RtcpParameters orDefault(@Nullable RtcpParameters rtcp) {
        return rtcp == null ? RtcpParameters.defaults() : rtcp;
    }

    /** The same parameters with this media identification. */
    public RtpParameters withMid(String value) {
        return new RtpParameters(Optional.of(value), codecs, headerExtensions, encodings, rtcp);
    }

    /** The same parameters with this canonical name. */
    public RtpParameters withCname(String value) {
        return new RtpParameters(
                mid, codecs, headerExtensions, encodings, new RtcpParameters(Optional.of(value), rtcp.reducedSize()));
    }
}
