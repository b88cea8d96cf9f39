package dev.parley.sfu.lane;

import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.engine.audio.AudioLevels;
import dev.parley.sfu.engine.audio.AudioLevelsConfig;
import dev.parley.sfu.engine.audio.AudioVolume;
import java.util.List;

/** An observer of audio levels on its lane. */
public final class AudioLevelCore implements AudioLevels.Out<ProducerCore>, Observer {
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

    private final LaneCore lane;
    private final AudioLevels<ProducerCore> levels;
    private final Out out;
    private final Timers.Timer timer = new Timers.Timer(this::ring);
    private boolean closed;

    AudioLevelCore(LaneCore lane, AudioLevelObserverOptions options, Out out) {
        this.lane = lane;
        this.out = out;
        levels = new AudioLevels<>(
                new AudioLevelsConfig(options.maxEntries(), options.threshold(), options.interval()));
    }

    /** Watches a producer. */
    public void add(long now, ProducerCore producer) {
        if (!closed && !producer.isClosed() && producer.observe(this)) {
            levels.add(now, producer, producer.meter());
            schedule();
        }
    }

    @Override
    public void remove(ProducerCore producer) {
        if (producer.unobserve(this)) {
            levels.remove(producer);
            schedule();
        }
    }

    @Override
    public void close() {
        closed = true;
        lane.timers().set(timer, Timers.NEVER);
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void ring(long now) {
        levels.timeout(now, this);
        schedule();
    }

    private void schedule() {
        lane.timers().set(timer, closed ? Timers.NEVER : levels.nextTimeout());
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
