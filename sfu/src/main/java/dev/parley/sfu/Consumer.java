package dev.parley.sfu;

import dev.parley.sfu.lane.ConsumerCore;
import dev.parley.sfu.lane.ConsumerSetup;
import java.util.function.Function;

/** A stream that the SFU sends to a client. Safe for use by any number of threads. */
public final class Consumer implements AutoCloseable {
    private final Sfu sfu;
    private final WebRtcTransport transport;
    private final ConsumerSetup setup;
    private final Producer producer;
    private final Events<ConsumerEvent> events = Sfu.newEvents();
    private final ConsumerCore core;

    Consumer(
            Sfu sfu,
            WebRtcTransport transport,
            ConsumerSetup setup,
            Producer producer,
            Function<java.util.function.Consumer<ConsumerEvent>, ConsumerCore> makeCore) {
        this.sfu = sfu;
        this.transport = transport;
        this.setup = setup;
        this.producer = producer;
        core = makeCore.apply(this::onEvent);
    }

    private void onEvent(ConsumerEvent event) {
        switch (event) {
            case ConsumerEvent.Closed last -> {
                transport.freeSsrcs(setup.rtpParameters());
                events.emitLast(last);
            }
            case ConsumerEvent.ProducerPaused e -> events.emit(e);
            case ConsumerEvent.ProducerResumed e -> events.emit(e);
        }
    }

    /** A random id (UUID). */
    public String id() {
        return setup.id();
    }

    /** The producer that it forwards. */
    public String producerId() {
        return producer.id();
    }

    /** Audio or video. */
    public MediaKind kind() {
        return setup.kind();
    }

    /** What the client needs to receive it. */
    public RtpParameters rtpParameters() {
        return setup.rtpParameters();
    }

    /** Always {@code simple}: one encoding. */
    public String type() {
        return "simple";
    }

    /** Whether this consumer is paused; it starts so. */
    public boolean paused() {
        return core.isPaused();
    }

    /** Whether its producer is paused. */
    public boolean producerPaused() {
        return producer.paused();
    }

    /** Stops forwarding to this client. */
    public void pause() {
        sfu.threads().run(core, (lane, now) -> {
            refuseIfClosed();
            core.pause(now);
        });
    }

    /** Forwards; a video starts with a key frame, which is asked for. */
    public void resume() {
        sfu.threads().run(core, (lane, now) -> {
            refuseIfClosed();
            core.resume(now);
        });
    }

    /** Asks the producer for a key frame; at most 2 a second reach its client. */
    public void requestKeyFrame() {
        sfu.threads().run(core, (lane, now) -> {
            refuseIfClosed();
            core.requestKeyFrame(now);
        });
    }

    /** What it sent so far; cheap, without asking the lane, so a moment old. */
    public StreamCounts counts() {
        return core.counts();
    }

    /** Counters. */
    public OutboundRtpStats stats() {
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return core.stats(now, System.currentTimeMillis());
        });
    }

    /** Adds a listener; one added late still gets the {@code Closed} event. */
    public void onEvent(EventListener<ConsumerEvent> listener) {
        events.add(listener);
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        return core.isClosed();
    }

    /** Stops and forgets it. Closing twice is harmless. */
    @Override
    public void close() {
        if (!closed() && !sfu.closed()) {
            sfu.threads().run(core, (lane, now) -> core.close(now, CloseReason.CLOSE_CALLED));
        }
    }

    private void refuseIfClosed() {
        if (closed()) {
            throw new SfuException("closed", "This consumer is closed: create another one.");
        }
    }
}
