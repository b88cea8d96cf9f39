package dev.parley.sfu;

/**
 * Upper bounds that keep one client, or one attack, from taking the whole server.
 *
 * @param transports transports in the whole SFU
 * @param halfOpenHandshakes DTLS handshakes that may be going on at once; more wait for the remote's retransmission
 * @param producersPerTransport producers on one transport
 * @param consumersPerTransport consumers on one transport
 */
public record SfuLimits(int transports, int halfOpenHandshakes, int producersPerTransport, int consumersPerTransport) {
    /** Checks that each limit is at least 1. */
    public SfuLimits {
        if (transports < 1 || halfOpenHandshakes < 1 || producersPerTransport < 1 || consumersPerTransport < 1) {
            throw new SfuException("invalid-config", "A limit below 1 lets nobody in: use 1 or more.");
        }
    }

    /** 10,000 transports, 256 handshakes at once, 32 producers and 1,024 consumers a transport. */
    public static SfuLimits defaults() {
        return new SfuLimits(10_000, 256, 32, 1_024);
    }
}
