package dev.parley.sfu.lane;

/** What a lane has and did. Written by the lane; another thread that reads sees numbers that may be a moment old. */
public final class LaneCounts {
    int routers;
    int transports;
    int producers;
    int consumers;
    int handshakes;
    long packetsReceived;
    long bytesReceived;

    /** Open routers. */
    public int routers() {
        return routers;
    }

    /** Open transports. */
    public int transports() {
        return transports;
    }

    /** Open producers. */
    public int producers() {
        return producers;
    }

    /** Open consumers. */
    public int consumers() {
        return consumers;
    }

    /** DTLS handshakes that are going on. */
    public int handshakes() {
        return handshakes;
    }

    /** Datagrams received. */
    public long packetsReceived() {
        return packetsReceived;
    }

    /** Their bytes. */
    public long bytesReceived() {
        return bytesReceived;
    }
}
