package dev.parley.sfu;

import java.util.Map;

/**
 * One lane: a thread with its socket and the transports that are at home there. All counters count up from the start.
 * They are read without stopping the lane, each a moment old, so that two of them may differ by what happened
 * meanwhile.
 *
 * @param lane its number, from 0
 * @param transports open transports
 * @param producers open producers
 * @param consumers open consumers
 * @param handshakes DTLS handshakes that are going on
 * @param packetsReceived datagrams received
 * @param bytesReceived their UDP payload bytes
 * @param packetsSent datagrams sent
 * @param bytesSent their UDP payload bytes
 * @param drops everything dropped on this lane, by reason, such as {@code srtp-authentication}
 * @param busyNanos time spent in turns, waiting not included
 * @param cpuNanos processor time of the thread; −1 where the machine does not tell
 * @param turnNanos how long the turns took that had something to do
 * @param receiveBatch datagrams received in a turn, of the turns that received any
 * @param sendBatch datagrams sent in a turn, of the turns that sent any
 * @param commands calls of the API carried out
 * @param commandsWaiting calls of the API that wait for the lane now
 * @param handedOver datagrams that came to this lane's socket and were handed to the lane of their transport
 * @param adopted transports that came to this lane with their first check
 * @param shedding how many eighths of the video consumers are left out now because the lane falls behind, 0–8
 * @param socket system calls and segmentation
 */
public record LaneStats(
        int lane,
        int transports,
        int producers,
        int consumers,
        int handshakes,
        long packetsReceived,
        long bytesReceived,
        long packetsSent,
        long bytesSent,
        Map<String, Long> drops,
        long busyNanos,
        long cpuNanos,
        Histogram turnNanos,
        Histogram receiveBatch,
        Histogram sendBatch,
        long commands,
        int commandsWaiting,
        long handedOver,
        long adopted,
        int shedding,
        SocketStats socket) {}
