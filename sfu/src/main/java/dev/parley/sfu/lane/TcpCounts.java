package dev.parley.sfu.lane;

import dev.parley.sfu.TcpStats;
import java.util.Map;

/** What a {@link TcpPort} did. Written by its thread; another that reads sees numbers that may be a moment old. */
final class TcpCounts {
    private int connections;
    private long accepted;
    private long packetsReceived;
    private long bytesReceived;
    private long bytesSent;

    void accepted(int open) {
        accepted++;
        connections = open;
    }

    void closed(int open) {
        connections = open;
    }

    void received(int bytes) {
        packetsReceived++;
        bytesReceived += bytes;
    }

    void written(long bytes) {
        bytesSent += bytes;
    }

    TcpStats snapshot(Map<String, Long> drops) {
        return new TcpStats(connections, accepted, packetsReceived, bytesReceived, bytesSent, drops);
    }
}
