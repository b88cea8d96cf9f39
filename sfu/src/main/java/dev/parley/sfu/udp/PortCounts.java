package dev.parley.sfu.udp;

import dev.parley.sfu.SocketStats;

/**
 * What a port's sockets did: counted by the system call and by the message, never by the packet. Written by the lane;
 * another thread that reads sees numbers that may be a moment old.
 */
final class PortCounts {
    private long receiveCalls;
    private long sendCalls;
    private long messages;
    private long segmentedMessages;
    private long segmentedPackets;

    /** A system call that received something. */
    void receiveCall() {
        receiveCalls++;
    }

    /** A system call that sent something. */
    void sendCall() {
        sendCalls++;
    }

    /** A message that was prepared to be sent. @param datagrams how many it holds; more than one when segmented */
    void message(int datagrams) {
        messages++;
        if (datagrams > 1) {
            segmentedMessages++;
            segmentedPackets += datagrams;
        }
    }

    SocketStats snapshot(long refused) {
        return new SocketStats(receiveCalls, sendCalls, messages, segmentedMessages, segmentedPackets, refused);
    }
}
