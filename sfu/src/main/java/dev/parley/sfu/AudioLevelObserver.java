package dev.parley.sfu;

/** Tells how loud the producers added to it are, once an interval. Safe for use by any number of threads. */
public final class AudioLevelObserver implements AutoCloseable {
    AudioLevelObserver() {}

    /** Watches an audio producer of the same router until it closes. */
    public void addProducer(Producer producer) {
        throw new UnsupportedOperationException();
    }

    /** Watches it no longer. */
    public void removeProducer(Producer producer) {
        throw new UnsupportedOperationException();
    }

    /** Adds a listener. */
    public void onEvent(EventListener<AudioLevelEvent> listener) {
        throw new UnsupportedOperationException();
    }

    /** Ends it; its router's end does so too. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
