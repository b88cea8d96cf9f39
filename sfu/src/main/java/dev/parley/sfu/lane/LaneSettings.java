package dev.parley.sfu.lane;

import dev.parley.sfu.IceCandidate;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.util.List;

/**
 * What all transports of a lane share.
 *
 * @param candidates where clients send to, preferred first
 * @param certificate the SFU's own
 * @param limits upper bounds
 * @param srtp which ciphers
 */
public record LaneSettings(
        List<IceCandidate> candidates, DtlsCertificate certificate, SfuLimits limits, SrtpProvider srtp) {
    /** Takes a copy of the list. */
    public LaneSettings {
        candidates = List.copyOf(candidates);
    }
}
