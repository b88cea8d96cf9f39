package dev.parley.sfu;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole SFU: the sums over its lanes, and the lanes.
 *
 * @param timestamp milliseconds since 1970
 * @param routers open routers
 * @param transports open transports
 * @param producers open producers
 * @param consumers open consumers
 * @param packetsReceived datagrams received
 * @param bytesReceived their UDP payload bytes
 * @param packetsSent datagrams sent
 * @param bytesSent their UDP payload bytes
 * @param drops everything dropped, and refused sends, by reason
 * @param lanes each lane
 * @param tcp ICE over TCP, if it is on; its packets and bytes are not in the sums, its drops are
 */
public record SfuStats(
        long timestamp,
        int routers,
        int transports,
        int producers,
        int consumers,
        long packetsReceived,
        long bytesReceived,
        long packetsSent,
        long bytesSent,
        Map<String, Long> drops,
        List<LaneStats> lanes,
        Optional<TcpStats> tcp) {}
