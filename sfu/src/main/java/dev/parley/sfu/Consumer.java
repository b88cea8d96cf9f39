package dev.parley.sfu;

/** A stream that the SFU sends to a client. Safe for use by any number of threads. */
public final class Consumer implements AutoCloseable {
    Consumer() {}

    /** A random id (UUID). */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /** The producer that it forwards. */
    public String producerId() {
        throw new UnsupportedOperationException();
    }

    /** Audio or video. */
    public MediaKind kind() {
        throw new UnsupportedOperationException();
    }

    /** What the client needs to receive it. */
    public RtpParameters rtpParameters() {
        throw new UnsupportedOperationException();
    }

    /** Always {@code simple}: one encoding. */
    public String type() {
        throw new UnsupportedOperationException();
    }

    /** Whether this consumer is paused; it starts so. */
    public boolean paused() {
        throw new UnsupportedOperationException();
    }

    /** Whether its producer is paused. */
    public boolean producerPaused() {
        throw new UnsupportedOperationException();
    }

    /** Stops forwarding to this client. */
    public void pause() {
        throw new UnsupportedOperationException();
    }

    /** Forwards; a video starts with a key frame, which is asked for. */
    public void resume() {
        throw new UnsupportedOperationException();
    }

    /** Asks the producer for a key frame; at most 2 a second reach its client. */
    public void requestKeyFrame() {
        throw new UnsupportedOperationException();
    }

    /** Counters; read without stopping the SFU. */
    public OutboundRtpStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Adds a listener; one added late still gets the {@code Closed} event. */
    public void onEvent(EventListener<ConsumerEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        throw new UnsupportedOperationException();
    }

    /** Stops and forgets it. Closing twice is harmless. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
