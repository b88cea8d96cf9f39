package dev.parley.loadtest.media;

import java.util.random.RandomGenerator;

/** Video packets of one length at an even rate, in frames of ten or a few more: the load by which SFUs are compared. */
public final class FlatShape implements Shape {
    private static final int LEAST_PACKETS_A_FRAME = 10;

    private final int length;
    private final int burst;
    private final int packets;
    private final long nanos;
    private boolean key;

    /**
     * An even stream.
     *
     * @param packetsPerSecond of the whole stream
     * @param length payload bytes of a packet
     * @param burst packets that leave at once, 1–10
     */
    public FlatShape(int packetsPerSecond, int length, int burst) {
        this.length = length;
        this.burst = burst;
        // Whole bursts, so that each takes the same time.
        packets = (LEAST_PACKETS_A_FRAME + burst - 1) / burst * burst;
        nanos = 1_000_000_000L * burst / packetsPerSecond;
    }

    @Override
    public boolean video() {
        return true;
    }

    @Override
    public void next(RandomGenerator random, boolean keyWanted) {
        key = keyWanted;
    }

    @Override
    public boolean key() {
        return key;
    }

    @Override
    public int packets() {
        return packets;
    }

    @Override
    public int length(int index) {
        return length;
    }

    @Override
    public int burst() {
        return burst;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long frameNanos() {
        return nanos * packets / burst;
    }
}
