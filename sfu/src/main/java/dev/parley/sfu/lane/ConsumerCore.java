package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.OutboundRtpStats;
import java.util.function.Consumer;

/** One consumer on its lane: a producer's stream as one client gets it. */
public final class ConsumerCore {
    private final LaneCore lane;
    private final TransportCore transport;
    private final ConsumerSetup setup;
    private final ProducerCore producer;
    private final Consumer<ConsumerEvent> events;
    private volatile boolean paused = true;
    private volatile boolean closed;

    ConsumerCore(
            LaneCore lane,
            TransportCore transport,
            ConsumerSetup setup,
            ProducerCore producer,
            Consumer<ConsumerEvent> events) {
        this.lane = lane;
        this.transport = transport;
        this.setup = setup;
        this.producer = producer;
        this.events = events;
        lane.counts().consumers++;
        producer.add(this);
    }

    /** Whether this consumer is paused; from any thread. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether it is closed; from any thread. */
    public boolean isClosed() {
        return closed;
    }

    /** Forwards nothing from now on. */
    public void pause(long now) {
        paused = true;
    }

    /** Forwards; a video from a key frame on, which is asked for. */
    public void resume(long now) {
        paused = false;
    }

    /** Asks the producer's client for a key frame. */
    public void requestKeyFrame(long now) {
        producer.requestKeyFrame(now);
    }

    /** Closes it; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        producer.remove(this);
        transport.media().forget(this);
        lane.counts().consumers--;
        events.accept(new ConsumerEvent.Closed(reason));
    }

    /** Counters; from any thread. */
    public OutboundRtpStats stats(long timestamp) {
        throw new UnsupportedOperationException();
    }

    void producerPaused(long now) {
        events.accept(new ConsumerEvent.ProducerPaused());
    }

    void producerResumed(long now) {
        events.accept(new ConsumerEvent.ProducerResumed());
    }
    ConsumerSetup setup() { return setup; }
}
