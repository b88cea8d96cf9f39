package dev.parley.sfu;

import dev.parley.sfu.AudioLevelEvent.AudioVolume;
import dev.parley.sfu.lane.AudioLevelCore;
import dev.parley.sfu.lane.Observer;
import dev.parley.sfu.lane.ProducerCore;
import java.util.List;
import java.util.function.Function;

/** Tells how loud the producers added to it are, once an interval. Safe for use by any number of threads. */
public final class AudioLevelObserver implements AutoCloseable {
    private final Sfu sfu;
    private final Router router;
    private final Observer core;
    private final Events<AudioLevelEvent> events = Sfu.newEvents();

    AudioLevelObserver(Sfu sfu, Router router, Function<AudioLevelCore.Out, Observer> makeCore) {
        this.sfu = sfu;
        this.router = router;
        core = makeCore.apply(this::onVolumes);
    }

    private void onVolumes(List<AudioLevelCore.Volume> volumes) {
        var known = volumes.stream()
                .flatMap(volume -> router.producer(volume.producerId()).stream()
                        .map(producer -> new AudioVolume(producer, volume.dbov())))
                .toList();
        if (!known.isEmpty()) {
            events.emit(new AudioLevelEvent.Volumes(known));
        } else if (volumes.isEmpty()) {
            events.emit(new AudioLevelEvent.Silence());
        }
    }

    /** Watches an audio producer of the same router until it closes; adding it twice is adding it once. */
    public void addProducer(Producer producer) {
        router.refuseForeign(producer);
        sfu.threads().run(core, (lane, now) -> core.add(now, producer.core()));
    }

    /** Watches it no longer. */
    public void removeProducer(Producer producer) {
        sfu.threads().run(core, (lane, now) -> core.remove(producer.core()));
    }

    /** Adds a listener. */
    public void onEvent(EventListener<AudioLevelEvent> listener) {
        events.add(listener);
    }

    /** Ends it; its router's end does so too. */
    @Override
    public void close() {
        if (!sfu.closed()) {
            sfu.threads().run(core, (lane, now) -> core.close());
        }
    }
}
