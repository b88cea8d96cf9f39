package dev.parley.sfu;

/**
 * What a lane's sockets did. On the Java hot path each datagram is a message of its own and nothing is segmented.
 *
 * @param receiveCalls system calls that received something
 * @param sendCalls system calls that sent
 * @param messagesSent messages handed to the kernel; one that is segmented (UDP GSO) holds several datagrams
 * @param segmentedMessages those of them that hold several
 * @param segmentedPackets datagrams in these
 * @param packetsRefused datagrams that the kernel did not take
 */
public record SocketStats(
        long receiveCalls,
        long sendCalls,
        long messagesSent,
        long segmentedMessages,
        long segmentedPackets,
        long packetsRefused) {}
