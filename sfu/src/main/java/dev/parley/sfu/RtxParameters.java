package dev.parley.sfu;

/**
 * The retransmission stream that belongs to an encoding (RFC 4588).
 *
 * @param ssrc its SSRC, 32 bits unsigned
 */
public record RtxParameters(long ssrc) {}
