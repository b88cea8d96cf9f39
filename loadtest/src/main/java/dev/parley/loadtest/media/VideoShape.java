package dev.parley.loadtest.media;

import java.util.random.RandomGenerator;

/**
 * What a VP8 encoder makes: 30 frames a second, key frames of 20–60 packets and others of 2–16, all packets of a frame
 * of the same length up to a byte, as libwebrtc cuts them. Sizes of frames vary around what the bitrate allows.
 */
public final class VideoShape implements Shape {
    private static final long FRAME_NANOS = 33_333_333;
    private static final int FRAMES_A_SECOND = 30;
    private static final int LARGEST_PACKET = 1_160;
    /** A picture that changes much, such as a page turned on a shared screen, takes several times the usual. */
    private static final int CHANCE_OF_A_LARGE_FRAME = 60;

    private final int meanFrame;
    private boolean key;
    private int packets = 2;
    private int bytes = 2 * Payload.SHORTEST;

    /** @param bitsPerSecond of payload, without the key frames that are asked for */
    public VideoShape(int bitsPerSecond) {
        meanFrame = bitsPerSecond / 8 / FRAMES_A_SECOND;
    }

    @Override
    public boolean video() {
        return true;
    }

    @Override
    public void next(RandomGenerator random, boolean keyWanted) {
        key = keyWanted;
        if (key) {
            packets = random.nextInt(20, 61);
            bytes = packets * random.nextInt(900, LARGEST_PACKET);
            return;
        }
        // Large frames take 3 times the usual, and the others a little less, so that the mean is kept.
        boolean large = random.nextInt(CHANCE_OF_A_LARGE_FRAME) == 0;
        int size = large ? 3 * meanFrame : (int) (meanFrame * (0.66 + 0.6 * random.nextDouble()));
        packets = Math.clamp((size + LARGEST_PACKET - 1) / LARGEST_PACKET, 2, 16);
        bytes = Math.clamp(size, packets * Payload.SHORTEST, packets * LARGEST_PACKET);
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
        return bytes / packets + (index < bytes % packets ? 1 : 0);
    }

    @Override
    public long nanos() {
        return FRAME_NANOS;
    }
}
