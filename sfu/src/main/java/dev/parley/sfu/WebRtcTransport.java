package dev.parley.sfu;

import java.util.List;

/**
 * The server's end of a peer connection: one ICE-lite agent, one DTLS association, any number of producers and consumers.
 * Safe for use by any number of threads.
 */
public final class WebRtcTransport implements AutoCloseable {
    WebRtcTransport() {}

    /** A random id (UUID). */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /** The ICE credentials for the client; after a restart the new ones. */
    public IceParameters iceParameters() {
        throw new UnsupportedOperationException();
    }

    /** Where the client sends its checks to, preferred first. */
    public List<IceCandidate> iceCandidates() {
        throw new UnsupportedOperationException();
    }

    /** The server's fingerprints; the role is {@code auto} until {@link #connect}. */
    public DtlsParameters dtlsParameters() {
        throw new UnsupportedOperationException();
    }

    /**
     * Tells the client's DTLS role and fingerprints. With the remote role {@code client} or {@code auto} the SFU is the DTLS
     * server, with {@code server} the client. Only once: a second call throws {@link SfuException} {@code wrong-state}.
     */
    public void connect(DtlsParameters remote) {
        throw new UnsupportedOperationException();
    }

    /** New ICE credentials; media flows on over the old path until the client checks with them. */
    public IceParameters restartIce() {
        throw new UnsupportedOperationException();
    }

    /**
     * Announces a stream that the client sends. Throws {@link SfuException} {@code invalid-parameters},
     * {@code unsupported-codec}, {@code duplicate-stream} (SSRC or MID in use on this transport) or {@code limit-reached}.
     */
    public Producer produce(ProducerOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * Forwards a producer of the same router to this client; starts paused. Throws {@link SfuException} {@code not-found},
     * {@code cannot-consume} or {@code limit-reached}.
     */
    public Consumer consume(ConsumerOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Counters and states; read without stopping the SFU. */
    public TransportStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Adds a listener; one added late still gets the {@code Closed} event. */
    public void onEvent(EventListener<TransportEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        throw new UnsupportedOperationException();
    }

    /** Closes it with its producers and consumers. Closing twice is harmless. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
