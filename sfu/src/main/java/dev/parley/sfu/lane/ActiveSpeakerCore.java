package dev.parley.sfu.lane;

import dev.parley.sfu.engine.audio.ActiveSpeaker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An observer of who speaks, on its router's lane; the producers may be on any. */
public final class ActiveSpeakerCore implements ActiveSpeaker.Out<ProducerCore>, Observer {
    /** Takes the decisions, on the lane's thread. */
    @FunctionalInterface
    public interface Out {
        /** The dominant speaker's producer; empty when nobody is. */
        void decided(Optional<String> producerId);
    }

    private final LaneCore lane;
    private final ActiveSpeaker<ProducerCore> speaker = new ActiveSpeaker<>();
    private final Out out;
    private final Timers.Timer timer = Timers.Timer.patient(this::ring);
    private final Set<ProducerCore> watched = new LinkedHashSet<>();
    private boolean closed;

    ActiveSpeakerCore(LaneCore lane, Out out) {
        this.lane = lane;
        this.out = out;
    }

    /** Watches a producer. */
    public void add(long now, ProducerCore producer) {
        if (!closed && !producer.isClosed() && watched.add(producer)) {
            speaker.add(now, producer, producer.meter());
            schedule();
        }
    }

    /** Watches it no longer. */
    public void remove(ProducerCore producer) {
        if (watched.remove(producer)) {
            speaker.remove(producer);
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
        speaker.timeout(now, this);
        schedule();
    }

    private void schedule() {
        lane.timers().set(timer, closed ? Timers.NEVER : speaker.nextTimeout());
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
