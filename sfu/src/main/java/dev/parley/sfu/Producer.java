package dev.parley.sfu;

import java.util.List;

/** A stream that a client sends to the SFU. Safe for use by any number of threads. */
public final class Producer implements AutoCloseable {
    Producer() {}

    /** A random id (UUID). */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /** Audio or video. */
    public MediaKind kind() {
        throw new UnsupportedOperationException();
    }

    /** What the client announced. */
    public RtpParameters rtpParameters() {
        throw new UnsupportedOperationException();
    }

    /** Always {@code simple}: one encoding. */
    public String type() {
        throw new UnsupportedOperationException();
    }

    /** Whether its packets are dropped at the door. */
    public boolean paused() {
        throw new UnsupportedOperationException();
    }

    /** Drops its packets until {@link #resume()}; consumers are told. */
    public void pause() {
        throw new UnsupportedOperationException();
    }

    /** Forwards again, from a key frame on; consumers are told. */
    public void resume() {
        throw new UnsupportedOperationException();
    }

    /** Counters of each of its encodings; read without stopping the SFU. */
    public List<InboundRtpStats> stats() {
        throw new UnsupportedOperationException();
    }

    /** Adds a listener; one added late still gets the {@code Closed} event. */
    public void onEvent(EventListener<ProducerEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        throw new UnsupportedOperationException();
    }

    /** Closes it with its consumers. Closing twice is harmless. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
