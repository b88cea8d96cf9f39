package dev.parley.sfu;

import java.util.Optional;

/**
 * How a stream uses RTCP.
 *
 * @param cname the canonical name of its source (RFC 3550, 6.5.1): streams with the same one are played in sync
 * @param reducedSize whether reduced-size RTCP (RFC 5506) may be sent
 */
public record RtcpParameters(Optional<String> cname, boolean reducedSize) {
    /** A missing name is an empty one. */
    public RtcpParameters {
        cname = Defaults.optional(cname);
    }

    /** Reduced-size RTCP without a name. */
    public static RtcpParameters defaults() {
        return new RtcpParameters(Optional.empty(), true);
    }
}
