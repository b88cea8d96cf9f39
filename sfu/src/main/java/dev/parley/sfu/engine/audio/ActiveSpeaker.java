package dev.parley.sfu.engine.audio;

import java.util.Optional;

/**
 * Names the dominant speaker.
 *
 * @param <S> what identifies a source
 */
public final class ActiveSpeaker<S> {
    /** Takes the decisions. */
    public interface Out<S> {
        /** This source is the dominant speaker from now on. */
        void dominant(S source);

        /** The dominant speaker is gone and nobody has taken over. */
        void nobody();
    }

    /** Observes a source from now on. */
    public void add(long now, S source, AudioMeter meter) {}

    /** Forgets a source; if it was the dominant one, the next decision names another or nobody. */
    public void remove(S source) {}

    /** Whom the last decision named, if it is still there. */
    public Optional<S> dominant() {
        return Optional.empty();
    }

    /** When {@link #timeout} wants to be called, in monotonic nanoseconds; {@link Long#MAX_VALUE} if never. */
    public long nextTimeout() {
        return Long.MAX_VALUE;
    }

    /** Takes samples and decides, as far as it is time for it; does nothing before. */
    public void timeout(long now, Out<S> out) {}
}
