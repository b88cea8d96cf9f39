package dev.parley.sfu.lane;

import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.engine.audio.AudioLevels;
import dev.parley.sfu.engine.audio.AudioLevelsConfig;
import dev.parley.sfu.engine.audio.AudioMeter;
import dev.parley.sfu.engine.audio.AudioVolume;
import java.util.List;

/** An observer's ear for how loud everybody is. */
public final class AudioLevelCore implements Observer.Ear, AudioLevels.Out<ProducerCore> {
    /**
     * How loud a producer was.
     *
     * @param dbov −127 to 0
     */
    public record Volume(String producerId, int dbov) {}

    /** Takes the reports, on the lane's thread. */
    @FunctionalInterface
    public interface Out {
        /** The loudest, loudest first; empty when all have become silent. */
        void volumes(List<Volume> volumes);
    }

    private final AudioLevels<ProducerCore> levels;
    private final Out out;

    AudioLevelCore(AudioLevelObserverOptions options, Out out) {
        this.out = out;
        levels = new AudioLevels<>(
                new AudioLevelsConfig(options.maxEntries(), options.threshold(), options.interval()));
    }

    @Override
    public void add(long now, ProducerCore producer, AudioMeter meter) {
        levels.add(now, producer, meter);
    }

    @Override
    public void remove(ProducerCore producer) {
        levels.remove(producer);
    }

    @Override
    public long nextTimeout() {
        return levels.nextTimeout();
    }

    @Override
    public void timeout(long now) {
        levels.timeout(now, this);
    }

    @Override
    public void volumes(List<AudioVolume<ProducerCore>> volumes) {
        out.volumes(volumes.stream()
                .map(volume -> new Volume(volume.source().id(), volume.dbov()))
                .toList());
    }

    @Override
    public void silence() {
        out.volumes(List.of());
    }
}
