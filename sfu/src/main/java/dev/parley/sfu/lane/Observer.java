package dev.parley.sfu.lane;

import dev.parley.sfu.engine.audio.AudioMeter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches audio producers on its router's lane until they close; they may be on any lane. What it makes of them is up
 * to its ear.
 */
public final class Observer implements Homed {
    /** Judges what it is told to hear; sans-IO. */
    interface Ear {
        /** Hears a producer from now on. */
        void add(long now, ProducerCore producer, AudioMeter meter);

        /** Hears it no longer. */
        void remove(ProducerCore producer);

        /** When it wants {@link #timeout}, or {@link Long#MAX_VALUE}. */
        long nextTimeout();

        /** Judges, and says so. */
        void timeout(long now);
    }

    private final LaneCore lane;
    private final Ear ear;
    private final Timers.Timer timer = Timers.Timer.patient(this::ring);
    private final Set<ProducerCore> watched = new LinkedHashSet<>();
    private boolean closed;

    Observer(LaneCore lane, Ear ear) {
        this.lane = lane;
        this.ear = ear;
    }

    /** Watches a producer. */
    public void add(long now, ProducerCore producer) {
        if (!closed && !producer.isClosed() && watched.add(producer)) {
            ear.add(now, producer, producer.meter());
            schedule();
        }
    }

    /** Watches it no longer. */
    public void remove(ProducerCore producer) {
        if (watched.remove(producer)) {
            ear.remove(producer);
            schedule();
        }
    }

    /** Watches nothing any more. */
    public void close() {
        closed = true;
        watched.clear();
        lane.timers().set(timer, Timers.NEVER);
    }

    /** Whether it watches nothing any more. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public LaneCore home() {
        return lane;
    }

    @Override
    public boolean isOn(LaneCore which) {
        return lane == which;
    }

    private void ring(long now) {
        // Producers close on lanes of their own.
        List.copyOf(watched).stream().filter(ProducerCore::isClosed).forEach(this::remove);
        ear.timeout(now);
        schedule();
    }

    private void schedule() {
        lane.timers().set(timer, closed ? Timers.NEVER : ear.nextTimeout());
    }
}
