package dev.parley.sfu;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Adds lanes up. */
final class SfuSums {
    private SfuSums() {}

    static SfuStats of(long timestamp, int routers, List<LaneStats> lanes, Optional<TcpStats> tcp) {
        return new SfuStats(
                timestamp,
                routers,
                count(lanes, LaneStats::transports),
                count(lanes, LaneStats::producers),
                count(lanes, LaneStats::consumers),
                sum(lanes, LaneStats::packetsReceived),
                sum(lanes, LaneStats::bytesReceived),
                sum(lanes, LaneStats::packetsSent),
                sum(lanes, LaneStats::bytesSent),
                drops(lanes, tcp),
                List.copyOf(lanes),
                tcp);
    }

    private static int count(List<LaneStats> lanes, ToIntFunction<LaneStats> of) {
        return lanes.stream().mapToInt(of).sum();
    }

    private static long sum(List<LaneStats> lanes, ToLongFunction<LaneStats> of) {
        return lanes.stream().mapToLong(of).sum();
    }

    private static Map<String, Long> drops(List<LaneStats> lanes, Optional<TcpStats> tcp) {
        var sums = new TreeMap<String, Long>();
        lanes.forEach(lane -> lane.drops().forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
        tcp.ifPresent(port -> port.drops().forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
        return sums;
    }
}
