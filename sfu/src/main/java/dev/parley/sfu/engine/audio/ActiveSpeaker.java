package dev.parley.sfu.engine.audio;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the dominant speaker, after the idea of Volfin and Cohen ("Dominant speaker identification for multipoint
 * videoconferencing", 2012): speech is judged at three time scales, and a challenger must win on all of them. So a
 * click, a cough or a "yes" changes nothing, a new talker takes over within about a second, and two who talk at once do
 * not flap.
 *
 * <p>A challenger takes over when it sounds now (200 ms), has filled most of the last word's time (500 ms), was twice
 * as loud as the dominant speaker in it, and a quarter ahead in the last sentence's time (1.6 s). Without a dominant
 * speaker the first two are enough. Silence changes nothing: the last speaker stays.
 *
 * <p>Used by one thread; only the {@link AudioMeter}s are shared.
 *
 * @param <S> what identifies a source
 */
public final class ActiveSpeaker<S> {
    private static final long SAMPLE_NANOS = 50_000_000;
    private static final int SOUNDS_NOW = 2;
    private static final int FILLS_A_WORD = 6;

    private final Map<S, SpeechHistory> sources = new LinkedHashMap<>();
    private @Nullable S dominant;
    private boolean dominantLeft;
    private long nextSample = Long.MAX_VALUE;

    /** Takes the decisions. */
    public interface Out<S> {
        /** This source is the dominant speaker from now on. */
        void dominant(S source);

        /** The dominant speaker is gone and nobody has taken over. */
        void nobody();
    }

    /** Observes a source from now on. Adding it again starts it afresh. */
    public void add(long now, S source, AudioMeter meter) {
        if (nextSample == Long.MAX_VALUE) {
            nextSample = now + SAMPLE_NANOS;
        }
        sources.put(source, new SpeechHistory(meter));
    }

    /**
     * Forgets a source; if it was the dominant one, the next decision names another or nobody. Unknown ones are
     * ignored.
     */
    public void remove(S source) {
        sources.remove(source);
        if (source.equals(dominant)) {
            dominant = null;
            dominantLeft = true;
        } else if (sources.isEmpty() && !dominantLeft) {
            nextSample = Long.MAX_VALUE;
        }
    }

    /** Whom the last decision named, if it is still there. */
    public Optional<S> dominant() {
        return Optional.ofNullable(dominant);
    }

    /** When {@link #timeout} wants to be called, in monotonic nanoseconds; {@link Long#MAX_VALUE} if never. */
    public long nextTimeout() {
        return nextSample;
    }

    /** Takes a sample of each source and decides, if it is time for it; does nothing before. */
    public void timeout(long now, Out<S> out) {
        if (nextSample == Long.MAX_VALUE || now - nextSample < 0) {
            return;
        }
        // Behind by more than a sample (a stall): what came meanwhile is one long sample, not several empty ones.
        nextSample = now - nextSample >= SAMPLE_NANOS ? now + SAMPLE_NANOS : nextSample + SAMPLE_NANOS;
        sources.values().forEach(SpeechHistory::sample);
        var winner = challenger();
        if (winner != null) {
            dominant = winner;
            dominantLeft = false;
            out.dominant(winner);
        } else if (dominantLeft) {
            dominantLeft = false;
            out.nobody();
        }
        if (sources.isEmpty()) {
            nextSample = Long.MAX_VALUE;
        }
    }

    /** The loudest of those who may take over, or null if nobody may. */
    private @Nullable S challenger() {
        var reigning = dominant == null ? null : sources.get(dominant);
        S best = null;
        int loudest = 0;
        for (var entry : sources.entrySet()) {
            var history = entry.getValue();
            int loudness = history.loudness(SpeechHistory.MEDIUM);
            if (history != reigning && loudness > loudest && mayTakeOver(history, reigning)) {
                best = entry.getKey();
                loudest = loudness;
            }
        }
        return best;
    }

    private static boolean mayTakeOver(SpeechHistory challenger, @Nullable SpeechHistory reigning) {
        if (challenger.active(SpeechHistory.IMMEDIATE) < SOUNDS_NOW
                || challenger.active(SpeechHistory.MEDIUM) < FILLS_A_WORD) {
            return false;
        }
        return reigning == null
                || (challenger.loudness(SpeechHistory.MEDIUM) >= 2 * reigning.loudness(SpeechHistory.MEDIUM)
                        && 4 * challenger.loudness(SpeechHistory.LONG) >= 5 * reigning.loudness(SpeechHistory.LONG));
    }
}
