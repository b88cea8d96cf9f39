package dev.parley.sfu;

import java.util.Map;

/**
 * ICE over TCP. All counters count up from the start.
 *
 * @param connections open connections
 * @param accepted connections that were let in
 * @param packetsReceived datagrams that came over them
 * @param bytesReceived their bytes, without framing
 * @param bytesSent bytes written, with framing
 * @param drops what was dropped or refused before it reached a lane, by reason, such as {@code tcp-silent}
 */
public record TcpStats(
        int connections,
        long accepted,
        long packetsReceived,
        long bytesReceived,
        long bytesSent,
        Map<String, Long> drops) {}
