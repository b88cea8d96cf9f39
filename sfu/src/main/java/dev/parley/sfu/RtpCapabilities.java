package dev.parley.sfu;

import java.util.List;

/**
 * What a router or an endpoint can send and receive, in the form of mediasoup's JSON.
 *
 * @param codecs the codecs, the preferred one first
 * @param headerExtensions the RTP header extensions
 */
public record RtpCapabilities(List<RtpCodecCapability> codecs, List<RtpHeaderExtension> headerExtensions) {
    /** Missing lists are empty ones. */
    public RtpCapabilities {
        codecs = Defaults.list(codecs);
        headerExtensions = Defaults.list(headerExtensions);
    }
}
