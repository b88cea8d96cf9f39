package dev.parley.sfu.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A camera that sees one colour and a microphone that hears one tone. */
final class ColourAndTone implements AutoCloseable {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int RATE = 48_000;

    private final CustomVideoSource camera = new CustomVideoSource();
    private final CustomAudioSource microphone = new CustomAudioSource();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final List<MediaStreamTrack> tracks;
    private final HeardAndSeen.Colour colour;
    private final double pitch;
    private long samples;

    ColourAndTone(PeerConnectionFactory factory, String name, HeardAndSeen.Colour colour, double pitch) {
        this.colour = colour;
        this.pitch = pitch;
        tracks = List.of(
                factory.createAudioTrack(name + "-audio", microphone),
                factory.createVideoTrack(name + "-video", camera));
        clock.scheduleAtFixedRate(this::picture, 0, 50, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(this::sound, 0, 10, TimeUnit.MILLISECONDS);
    }

    List<MediaStreamTrack> tracks() {
        return tracks;
    }

    private void picture() {
        var picture = NativeI420Buffer.allocate(WIDTH, HEIGHT);
        fill(picture.getDataY(), colour.y());
        fill(picture.getDataU(), colour.u());
        fill(picture.getDataV(), colour.v());
        var frame = new VideoFrame(picture, System.nanoTime());
        camera.pushFrame(frame);
        frame.release();
    }

    private static void fill(ByteBuffer plane, int value) {
        for (int i = 0; i < plane.capacity(); i++) {
            plane.put(i, (byte) value);
        }
    }

    private void sound() {
        var data = new byte[RATE / 100 * 2];
        for (int i = 0; i < data.length; i += 2) {
            var sample = (short) (8_000 * Math.sin(2 * Math.PI * pitch * samples++ / RATE));
            data[i] = (byte) sample;
            data[i + 1] = (byte) (sample >> 8);
        }
        microphone.pushAudio(data, 16, RATE, 1, data.length / 2);
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(2, TimeUnit.SECONDS);
    }
}
