package dev.parley.sfu;

/**
 * Who wants to receive what. Consumers start paused, so that the client can set up its receiver before media comes;
 * call {@link Consumer#resume()} then.
 *
 * @param producerId the producer to receive, of the same router
 * @param rtpCapabilities what the receiving participant's client can decode
 */
public record ConsumerOptions(String producerId, RtpCapabilities rtpCapabilities) {}
