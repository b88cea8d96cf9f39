package dev.parley.sfu;

import dev.parley.sfu.lane.ProducerCore;
import dev.parley.sfu.lane.ProducerSetup;
import java.util.List;
import java.util.function.Function;

/** A stream that a client sends to the SFU. Safe for use by any number of threads. */
public final class Producer implements AutoCloseable {
    private final Sfu sfu;
    private final Router router;
    private final ProducerSetup setup;
    private final RtpParameters consumable;
    private final Events<ProducerEvent> events = Sfu.newEvents();
    private final ProducerCore core;

    Producer(
            Sfu sfu,
            Router router,
            ProducerSetup setup,
            RtpParameters consumable,
            Function<java.util.function.Consumer<ProducerEvent>, ProducerCore> makeCore) {
        this.sfu = sfu;
        this.router = router;
        this.setup = setup;
        this.consumable = consumable;
        core = makeCore.apply(this::onEvent);
        router.add(this);
    }

    private void onEvent(ProducerEvent event) {
        switch (event) {
            case ProducerEvent.Closed last -> {
                router.remove(id());
                events.emitLast(last);
            }
        }
    }

    /** A random id (UUID). */
    public String id() {
        return setup.id();
    }

    /** Audio or video. */
    public MediaKind kind() {
        return setup.kind();
    }

    /** What the client announced. */
    public RtpParameters rtpParameters() {
        return setup.rtpParameters();
    }

    /** Always {@code simple}: one encoding. */
    public String type() {
        return "simple";
    }

    /** Whether its packets are dropped at the door. */
    public boolean paused() {
        return core.isPaused();
    }

    /** Drops its packets until {@link #resume()}; consumers are told. */
    public void pause() {
        sfu.threads().runAndTell(core, (lane, now) -> {
            refuseIfClosed();
            core.pause(now);
        });
    }

    /** Forwards again, from a key frame on; consumers are told. */
    public void resume() {
        sfu.threads().runAndTell(core, (lane, now) -> {
            refuseIfClosed();
            core.resume(now);
        });
    }

    /** What it received so far; cheap, without asking the lane, so a moment old. */
    public StreamCounts counts() {
        return core.counts();
    }

    /** Counters of each of its encodings. */
    public List<InboundRtpStats> stats() {
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return core.stats(now, System.currentTimeMillis());
        });
    }

    /** Adds a listener; one added late still gets the {@code Closed} event. */
    public void onEvent(EventListener<ProducerEvent> listener) {
        events.add(listener);
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        return core.isClosed();
    }

    /** Closes it with its consumers. Closing twice is harmless. */
    @Override
    public void close() {
        if (!closed() && !sfu.closed()) {
            sfu.threads().runAndTell(core, (lane, now) -> core.close(now, CloseReason.CLOSE_CALLED));
        }
    }

    RtpParameters consumable() {
        return consumable;
    }

    ProducerCore core() {
        return core;
    }

    private void refuseIfClosed() {
        if (closed()) {
            throw new SfuException("closed", "This producer is closed: create another one.");
        }
    }
}
