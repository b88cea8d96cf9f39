package dev.parley.sfu.lane;

import dev.parley.sfu.IceCandidate;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsConfig;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.util.List;

/**
 * What all transports of a lane share.
 *
 * @param candidates where clients send to, preferred first
 * @param certificate the SFU's own
 * @param limits upper bounds
 * @param srtp which ciphers
 * @param dtls times, limits and, for debugging, where secrets are told
 */
public record LaneSettings(
        List<IceCandidate> candidates,
        DtlsCertificate certificate,
        SfuLimits limits,
        SrtpProvider srtp,
        DtlsConfig dtls) {
    /** Takes a copy of the list. */
    public LaneSettings {
        candidates = List.copyOf(candidates);
    }

    /** The usual DTLS. */
    public LaneSettings(
            List<IceCandidate> candidates, DtlsCertificate certificate, SfuLimits limits, SrtpProvider srtp) {
        this(candidates, certificate, limits, srtp, DtlsConfig.defaults());
    }
}
