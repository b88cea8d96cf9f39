package dev.parley.sfu;

import java.util.Optional;

/**
 * One address at which the SFU is reached.
 *
 * @param foundation {@code udpcandidate} or {@code tcpcandidate}
 * @param priority RFC 8445 priority, 32 bits unsigned; UDP before TCP
 * @param ip the address; the field's older name, kept for clients that read it
 * @param address the address
 * @param protocol {@code udp} or {@code tcp}
 * @param port the port
 * @param type always {@code host}
 * @param tcpType {@code passive} for TCP; empty for UDP
 */
public record IceCandidate(
        String foundation,
        long priority,
        String ip,
        String address,
        String protocol,
        int port,
        String type,
        Optional<String> tcpType) {}
