package dev.parley.sfu.engine.stream;

/**
 * What one sent stream has done so far.
 *
 * @param packets media packets sent, without retransmissions
 * @param bytes their RTP bytes, headers included
 * @param retransmittedPackets packets sent again
 * @param retransmittedBytes their RTP bytes
 * @param retransmissionsRefused NACKed packets that were not sent again: gone, asked too often, or over the limit
 * @param nackCount NACK messages received
 * @param pliCount PLIs received
 * @param firCount FIRs received
 * @param packetsLost as the receiver last reported it
 * @param fractionLost as the receiver last reported it, 0–255 in 1/256
 * @param jitter as the receiver last reported it, in units of the clock rate
 * @param roundTripNanos by the last report; 0 before
 * @param bitrate bit/s over the last second, retransmissions included
 */
public record SendStats(
        long packets,
        long bytes,
        long retransmittedPackets,
        long retransmittedBytes,
        long retransmissionsRefused,
        long nackCount,
        long pliCount,
        long firCount,
        long packetsLost,
        int fractionLost,
        long jitter,
        long roundTripNanos,
        long bitrate) {}
