package dev.parley.sfu.lane;

import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.engine.audio.AudioLevels;
import dev.parley.sfu.engine.audio.AudioLevelsConfig;
import dev.parley.sfu.engine.audio.AudioVolume;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An observer of audio levels on its router's lane; the producers may be on any. */
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
    private final Timers.Timer timer = Timers.Timer.patient(this::ring);
    private final Set<ProducerCore> watched = new LinkedHashSet<>();
    private boolean closed;

    AudioLevelCore(LaneCore lane, AudioLevelObserverOptions options, Out out) {
        this.lane = lane;
        this.out = out;
        levels = new AudioLevels<>(
                new AudioLevelsConfig(options.maxEntries(), options.threshold(), options.interval()));
    }

    /** Watches a producer. */
    public void add(long now, ProducerCore producer) {
        if (!closed && !producer.isClosed() && watched.add(producer)) {
            levels.add(now, producer, producer.meter());
            schedule();
        }
    }

    /** Watches it no longer. */
    public void remove(ProducerCore producer) {
        if (watched.remove(producer)) {
            levels.remove(producer);
            schedule();
        }
    }

    @Override
    public void close() {
        closed = true;
        watched.clear();
        lane.timers().set(timer, Timers.NEVER);
    }

    @Override
    public LaneCore home() {
        return lane;
    }

    @Override
    public boolean isOn(LaneCore which) {
        return lane == which;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void ring(long now) {
        // Producers close on lanes of their own.
        List.copyOf(watched).stream().filter(ProducerCore::isClosed).forEach(this::remove);
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
