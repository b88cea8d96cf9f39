package dev.parley.sfu.lane;

import dev.parley.sfu.engine.audio.ActiveSpeaker;
import dev.parley.sfu.engine.audio.AudioMeter;
import java.util.Optional;

/** An observer's ear for who speaks. */
public final class ActiveSpeakerCore implements Observer.Ear, ActiveSpeaker.Out<ProducerCore> {
    /** Takes the decisions, on the lane's thread. */
    @FunctionalInterface
    public interface Out {
        /** The dominant speaker's producer; empty when nobody is. */
        void decided(Optional<String> producerId);
    }

    private final ActiveSpeaker<ProducerCore> speaker = new ActiveSpeaker<>();
    private final Out out;

    ActiveSpeakerCore(Out out) {
        this.out = out;
    }

    @Override
    public void add(long now, ProducerCore producer, AudioMeter meter) {
        speaker.add(now, producer, meter);
    }

    @Override
    public void remove(ProducerCore producer) {
        speaker.remove(producer);
    }

    @Override
    public long nextTimeout() {
        return speaker.nextTimeout();
    }

    @Override
    public void timeout(long now) {
        speaker.timeout(now, this);
    }

    @Override
    public void dominant(ProducerCore source) {
        out.decided(Optional.of(source.id()));
    }

    @Override
    public void nobody() {
        out.decided(Optional.empty());
    }
}
