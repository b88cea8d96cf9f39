package dev.parley.sfu.libwebrtc;

import dev.onvoid.webrtc.media.video.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/** What a peer got: the colour of the last picture and the pitch of the last sound. Written by libwebrtc's threads. */
final class HeardAndSeen {
    private final AtomicInteger frames = new AtomicInteger();
    private volatile Colour colour = new Colour(0, 0, 0);
    private volatile int width;
    private volatile double pitch;

    /** The middle of a picture. */
    record Colour(int y, int u, int v) {
        boolean isNear(Colour other) {
            return Math.abs(y - other.y) <= 12 && Math.abs(u - other.u) <= 12 && Math.abs(v - other.v) <= 12;
        }
    }

    void frame(VideoFrame frame) {
        var picture = frame.buffer.toI420();
        int x = picture.getWidth() / 2;
        int y = picture.getHeight() / 2;
        colour = new Colour(
                at(picture.getDataY(), y * picture.getStrideY() + x),
                at(picture.getDataU(), y / 2 * picture.getStrideU() + x / 2),
                at(picture.getDataV(), y / 2 * picture.getStrideV() + x / 2));
        width = picture.getWidth();
        picture.release();
        frames.incrementAndGet();
    }

    private static int at(ByteBuffer plane, int index) {
        return plane.get(index) & 0xff;
    }

    /** The pitch by counting upward crossings of zero in the first channel; 0 for near silence. */
    void sound(byte[] data, int bitsPerSample, int sampleRate, int channels, int samples) {
        var in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        int crossings = 0;
        int first = -1;
        int last = -1;
        int loudest = 0;
        for (int i = 1; i < samples; i++) {
            int before = in.get((i - 1) * channels);
            int now = in.get(i * channels);
            loudest = Math.max(loudest, Math.abs(now));
            if (before < 0 && now >= 0) {
                crossings++;
                first = first < 0 ? i : first;
                last = i;
            }
        }
        pitch = loudest < 500 || crossings < 2 ? 0 : (double) (crossings - 1) * sampleRate / (last - first);
    }

    int frames() {
        return frames.get();
    }

    int width() {
        return width;
    }

    Colour colour() {
        return colour;
    }

    double pitch() {
        return pitch;
    }

    @Override
    public String toString() {
        return frames + " frames of width " + width + ", " + colour + ", " + pitch + " Hz";
    }
}
