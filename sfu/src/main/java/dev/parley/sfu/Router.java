package dev.parley.sfu;

/** Forwards media among the transports that it created. Safe for use by any number of threads. */
public final class Router implements AutoCloseable {
    Router() {}

    /** A random id (UUID). */
    public String id() {
        throw new UnsupportedOperationException();
    }

    /** What participants may send and receive; clients load their device with it. */
    public RtpCapabilities rtpCapabilities() {
        throw new UnsupportedOperationException();
    }

    /** Creates a transport with default options. */
    public WebRtcTransport createWebRtcTransport() {
        return createWebRtcTransport(WebRtcTransportOptions.defaults());
    }

    /** Creates a transport. Throws {@link SfuException} {@code limit-reached} when the SFU has too many. */
    public WebRtcTransport createWebRtcTransport(WebRtcTransportOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Whether a client with these capabilities can receive that producer; false when there is no such producer. */
    public boolean canConsume(String producerId, RtpCapabilities rtpCapabilities) {
        throw new UnsupportedOperationException();
    }

    /** Creates an observer that tells how loud producers are. */
    public AudioLevelObserver createAudioLevelObserver(AudioLevelObserverOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Creates an observer that tells who is speaking. */
    public ActiveSpeakerObserver createActiveSpeakerObserver(ActiveSpeakerObserverOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        throw new UnsupportedOperationException();
    }

    /** Closes all its transports, and with them their producers and consumers. Closing twice is harmless. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
