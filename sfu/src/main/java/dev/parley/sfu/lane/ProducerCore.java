package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.InboundRtpStats;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.engine.audio.AudioMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One producer on its lane: a stream that a client sends, and the consumers that it is forwarded to. */
public final class ProducerCore {
    private final LaneCore lane;
    private final TransportCore transport;
    private final ProducerSetup setup;
    private final Consumer<ProducerEvent> events;
    private final AudioMeter meter = new AudioMeter();
    private final List<ConsumerCore> consumers = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>(2);
    private volatile boolean paused;
    private volatile boolean closed;

    ProducerCore(LaneCore lane, TransportCore transport, ProducerSetup setup, Consumer<ProducerEvent> events) {
        this.lane = lane;
        this.transport = transport;
        this.setup = setup;
        this.events = events;
        paused = setup.paused();
        lane.counts().producers++;
    }

    /** A random id. */
    public String id() {
        return setup.id();
    }

    /** Whether its packets are dropped; from any thread. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether it is closed; from any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Drops its packets from now on and tells its consumers. */
    public void pause(long now) {
        if (!paused) {
            paused = true;
            consumers.forEach(consumer -> consumer.producerPaused(now));
        }
    }

    /** Forwards again and tells its consumers. */
    public void resume(long now) {
        if (paused) {
            paused = false;
            consumers.forEach(consumer -> consumer.producerResumed(now));
        }
    }

    /** Closes it and its consumers; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(consumers).forEach(consumer -> consumer.close(now, CloseReason.PRODUCER_CLOSED));
        List.copyOf(observers).forEach(observer -> observer.remove(this));
        transport.media().forget(this);
        lane.counts().producers--;
        events.accept(new ProducerEvent.Closed(reason));
    }

    /** Counters; from any thread. */
    public List<InboundRtpStats> stats(long timestamp) {
        return List.of();
    }

    ProducerSetup setup() {
        return setup;
    }

    AudioMeter meter() {
        return meter;
    }

    boolean observe(Observer observer) {
        return !observers.contains(observer) && observers.add(observer);
    }

    boolean unobserve(Observer observer) {
        return observers.remove(observer);
    }

    void add(ConsumerCore consumer) {
        consumers.add(consumer);
    }

    void remove(ConsumerCore consumer) {
        consumers.remove(consumer);
    }

    /** Hands what came in during this turn to the consumers. */
    void forward(long now) {}

    void requestKeyFrame(long now) {}
}
