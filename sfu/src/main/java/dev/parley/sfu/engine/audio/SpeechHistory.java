package dev.parley.sfu.engine.audio;

/**
 * The last moments of one source, and how much speech is in them at three time scales: now, a word, a sentence. Each
 * sample is how far the level stands above the source's own noise floor, so that a loud room is no speaker and a quiet
 * microphone is heard.
 */
final class SpeechHistory {
    /** Samples in "now": 200 ms. */
    static final int IMMEDIATE = 4;

    /** Samples in "a word": 500 ms. */
    static final int MEDIUM = 10;

    /** Samples in "a sentence": 1.6 s. */
    static final int LONG = 32;

    /** Loudness counts up to here, in dB above the threshold: shouting gives no right of way. */
    private static final int LOUDEST = 20;

    /** The floor stays between these, in dBov: a steady tone above the upper one still counts as sound. */
    private static final float FLOOR_LOWEST = -70;

    private static final float FLOOR_HIGHEST = -50;
    private static final float FLOOR_START = -60;

    /** How far above its floor a source must be, in dB. */
    private static final float MARGIN = 6;

    /** The floor follows a quieter sample at once and a louder one by this much a sample: 2 dB a second. */
    private static final float FLOOR_RISE = 0.1f;

    private final AudioMeter meter;
    private final byte[] ring = new byte[LONG];
    private long reading;
    private int next;
    private float floor = FLOOR_START;

    SpeechHistory(AudioMeter meter) {
        this.meter = meter;
        this.reading = meter.reading();
    }

    /** Takes the meter's average since the last sample as the next sample. */
    void sample() {
        long earlier = reading;
        reading = meter.reading();
        float dbov = -AudioMeter.average(earlier, reading);
        floor = Math.clamp(dbov < floor ? dbov : floor + FLOOR_RISE, FLOOR_LOWEST, FLOOR_HIGHEST);
        ring[next] = (byte) Math.clamp(Math.round(dbov - floor - MARGIN), 0, LOUDEST);
        next = (next + 1) % LONG;
    }

    /** In how many of the last samples there was sound. */
    int active(int samples) {
        int active = 0;
        for (int i = 1; i <= samples; i++) {
            active += ring[(next - i + LONG) % LONG] > 0 ? 1 : 0;
        }
        return active;
    }

    /** How much sound there was in the last samples: the sum of what stood out of the noise, in dB. */
    int loudness(int samples) {
        int sum = 0;
        for (int i = 1; i <= samples; i++) {
            sum += ring[(next - i + LONG) % LONG];
        }
        return sum;
    }
}
