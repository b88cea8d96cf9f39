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
    int shedding;
    long handedOver;
    long adopted;

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

    /** How many eighths of the video consumers are left out now because the lane falls behind, 0–8. */
    public int shedding() {
        return shedding;
    }

    /** Datagrams that came to this lane's socket and were handed to the lane where their transport lives. */
    public long handedOver() {
        return handedOver;
    }

    /** Transports that came to this lane with their first check. */
    public long adopted() {
        return adopted;
    }
}
