package dev.parley.sfu;

import java.util.Map;
import java.util.Optional;

/**
 * One transport; names as in W3C webrtc-stats where they exist.
 *
 * @param id the transport's id
 * @param timestamp milliseconds since 1970
 * @param iceState the ICE state
 * @param dtlsState the DTLS state
 * @param srtpCipher the negotiated SRTP profile, once connected
 * @param iceSelectedTuple where media goes; empty before the client connected, and while it is disconnected
 * @param packetsReceived datagrams from validated addresses
 * @param bytesReceived their UDP payload bytes
 * @param packetsSent datagrams
 * @param bytesSent their UDP payload bytes
 * @param drops dropped datagrams by reason
 */
public record TransportStats(
        String id,
        long timestamp,
        IceState iceState,
        DtlsState dtlsState,
        Optional<String> srtpCipher,
        Optional<TransportTuple> iceSelectedTuple,
        long packetsReceived,
        long bytesReceived,
        long packetsSent,
        long bytesSent,
        Map<String, Long> drops) {
    /** The W3C type, {@code transport}. */
    public String type() {
        return "transport";
    }
}
