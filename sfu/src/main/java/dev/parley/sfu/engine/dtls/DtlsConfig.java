package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The times and limits of DTLS.
 *
 * <p>The retransmission timer starts at 400 ms. RFC 6347, 4.2.4.1, leaves timer values to the implementation and
 * recommends 1 s for one that knows nothing of the path; here ICE has just completed a round trip on it, media is
 * waiting, and a retransmission that was not needed costs a packet or two, which the peer recognises by their message
 * sequence numbers. It doubles each time, as the RFC asks, but no further than 3 s, because the handshake ends after 10
 * s anyway.
 *
 * @param firstRetransmission after what time an unanswered flight is sent again
 * @param longestRetransmission where the doubling of that time ends
 * @param handshakeTimeout how long a handshake may take in all, from start() or the first datagram
 * @param maxDatagram bytes of the largest datagram sent, 256–1472
 * @param srtpProfiles the profiles we speak, best first
 * @param keyLog where to tell the secrets; empty in production
 */
public record DtlsConfig(
        Duration firstRetransmission,
        Duration longestRetransmission,
        Duration handshakeTimeout,
        int maxDatagram,
        List<SrtpProfile> srtpProfiles,
        Optional<DtlsKeyLog> keyLog) {

    /** Refuses values that make no sense. */
    public DtlsConfig {
        srtpProfiles = List.copyOf(srtpProfiles);
        if (!firstRetransmission.isPositive()
                || !longestRetransmission.isPositive()
                || !handshakeTimeout.isPositive()) {
            throw new IllegalArgumentException("DTLS times must be positive");
        }
        if (maxDatagram < 256 || maxDatagram > 1472 || srtpProfiles.isEmpty()) {
            throw new IllegalArgumentException("maxDatagram must be 256–1472, and one SRTP profile at least is needed");
        }
    }

    /** 400 ms doubling to 3 s, 10 s in all, datagrams of 1200 bytes, all three SRTP profiles. */
    public static DtlsConfig defaults() {
        return new DtlsConfig(
                Duration.ofMillis(400),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                1200,
                List.of(SrtpProfile.values()),
                Optional.empty());
    }

    /** The same with other SRTP profiles, best first. */
    public DtlsConfig withSrtpProfiles(List<SrtpProfile> profiles) {
        return new DtlsConfig(
                firstRetransmission, longestRetransmission, handshakeTimeout, maxDatagram, profiles, keyLog);
    }

    /** The same with a key log. */
    public DtlsConfig withKeyLog(DtlsKeyLog log) {
        return new DtlsConfig(
                firstRetransmission,
                longestRetransmission,
                handshakeTimeout,
                maxDatagram,
                srtpProfiles,
                Optional.of(log));
    }
}
