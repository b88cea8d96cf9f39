package dev.parley.sfu.engine.stream;

/**
 * What one received encoding has seen so far.
 *
 * @param packets media packets that came as they were first sent
 * @param bytes their RTP bytes, headers included
 * @param packetsLost by RFC 3550: expected minus received; what was repaired later still counts as lost
 * @param fractionLost of the interval before the last receiver report, 0–255 in 1/256
 * @param packetsRepaired lost packets that came by retransmission
 * @param packetsDiscarded duplicates and packets that came too late
 * @param nackCount NACK messages sent
 * @param nackedPackets packets asked for in them, each repetition counted
 * @param pliCount PLIs sent
 * @param firCount FIRs sent
 * @param byeCount goodbyes received (RTCP BYE)
 * @param keyFrames key frames that began
 * @param jitter in units of the clock rate (RFC 3550, 6.4.1)
 * @param bitrate bit/s over the last second, retransmissions included
 * @param roundTripNanos as measured by retransmissions, or told; 0 before
 */
public record RecvStats(
        long packets,
        long bytes,
        long packetsLost,
        int fractionLost,
        long packetsRepaired,
        long packetsDiscarded,
        long nackCount,
        long nackedPackets,
        long pliCount,
        long firCount,
        long byeCount,
        long keyFrames,
        long jitter,
        long bitrate,
        long roundTripNanos) {}
