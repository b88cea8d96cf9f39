package dev.parley.sfu.lane;

import dev.parley.sfu.MediaKind;

/** What a lane has and did. Written by the lane; another thread that reads sees numbers that may be a moment old. */
public final class LaneCounts {
    int routers;
    int transports;
    int producers;
    int consumers;
    int videoConsumers;
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

    /** Those of them that are of video. */
    public int videoConsumers() {
        return videoConsumers;
    }

    /** A consumer came to this lane (1) or went (-1). */
    void consumer(MediaKind kind, int change) {
        consumers += change;
        videoConsumers += kind == MediaKind.VIDEO ? change : 0;
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
