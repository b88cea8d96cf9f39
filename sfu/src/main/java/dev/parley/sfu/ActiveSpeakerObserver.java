package dev.parley.sfu;

import dev.parley.sfu.lane.ActiveSpeakerCore;
import dev.parley.sfu.lane.Observer;
import java.util.Optional;
import java.util.function.Function;

/** Tells which of the producers added to it is the dominant speaker. Safe for use by any number of threads. */
public final class ActiveSpeakerObserver implements AutoCloseable {
    private final Sfu sfu;
    private final Router router;
    private final Observer core;
    private final Events<ActiveSpeakerEvent> events = Sfu.newEvents();

    ActiveSpeakerObserver(Sfu sfu, Router router, Function<ActiveSpeakerCore.Out, Observer> makeCore) {
        this.sfu = sfu;
        this.router = router;
        core = makeCore.apply(this::onDecision);
    }

    private void onDecision(Optional<String> producerId) {
        events.emit(producerId
                .flatMap(router::producer)
                .<ActiveSpeakerEvent>map(ActiveSpeakerEvent.DominantSpeaker::new)
                .orElseGet(ActiveSpeakerEvent.Nobody::new));
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
    public void onEvent(EventListener<ActiveSpeakerEvent> listener) {
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
