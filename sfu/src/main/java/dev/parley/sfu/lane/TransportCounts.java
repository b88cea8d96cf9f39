package dev.parley.sfu.lane;

/** A transport's datagrams. Written by its lane; another thread that reads sees numbers that may be a moment old. */
public final class TransportCounts {
    private long packetsReceived;
    private long bytesReceived;
    private long packetsSent;
    private long bytesSent;

    void received(int bytes) {
        packetsReceived++;
        bytesReceived += bytes;
    }

    void sent(int bytes) {
        packetsSent++;
        bytesSent += bytes;
    }

    /** Datagrams received. */
    public long packetsReceived() {
        return packetsReceived;
    }

    /** Bytes received. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Datagrams sent. */
    public long packetsSent() {
        return packetsSent;
    }

    /** Bytes sent. */
    public long bytesSent() {
        return bytesSent;
    }
}
