package dev.parley.loadtest.media;

import java.util.random.RandomGenerator;

/**
 * What an Opus encoder makes: a packet each 20 ms; with discontinuous transmission (DTX) only while somebody speaks,
 * and one each 400 ms in between. Talk spurts take about a second, pauses about two, as in a conversation of a few.
 */
public final class AudioShape implements Shape {
    private static final long PACKET_NANOS = 20_000_000;
    private static final long COMFORT_NANOS = 400_000_000;
    private static final int MEAN_TALK_PACKETS = 50;
    private static final int MEAN_PAUSE_PACKETS = 5;

    private final boolean discontinuous;
    private boolean talking;
    private int left;
    private int length = Payload.SHORTEST;

    /** @param discontinuous whether it pauses while nobody speaks */
    public AudioShape(boolean discontinuous) {
        this.discontinuous = discontinuous;
    }

    @Override
    public boolean video() {
        return false;
    }

    @Override
    public void next(RandomGenerator random, boolean keyWanted) {
        if (discontinuous && left-- <= 0) {
            talking = !talking;
            left = 1 + (int) (random.nextExponential() * (talking ? MEAN_TALK_PACKETS : MEAN_PAUSE_PACKETS));
        }
        length = silent() ? Payload.SHORTEST : random.nextInt(70, 131);
    }

    private boolean silent() {
        return discontinuous && !talking;
    }

    @Override
    public boolean key() {
        return false;
    }

    @Override
    public int packets() {
        return 1;
    }

    @Override
    public int length(int index) {
        return length;
    }

    @Override
    public long nanos() {
        return silent() ? COMFORT_NANOS : PACKET_NANOS;
    }
}
