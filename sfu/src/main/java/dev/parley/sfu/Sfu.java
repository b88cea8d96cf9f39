package dev.parley.sfu;

/**
 * A running SFU: one UDP port and the thread that serves it. Safe for use by any number of threads; calls wait for the
 * lane's answer, 5 s at most. Every call on a closed object throws {@link SfuException} {@code closed}.
 */
public final class Sfu implements AutoCloseable {
    private Sfu() {}

    /**
     * Binds the media port and starts. Throws {@link SfuException} {@code port-in-use} when another program has the port.
     */
    public static Sfu start(SfuConfig config) {
        throw new UnsupportedOperationException();
    }

    /** The UDP port that media uses; the chosen one when the configuration said 0. */
    public int mediaPort() {
        throw new UnsupportedOperationException();
    }

    /** Creates a router: participants whose media is forwarded among each other, such as those of one meeting. */
    public Router createRouter(RouterOptions options) {
        throw new UnsupportedOperationException();
    }

    /** Counters of the whole SFU; read without stopping it. */
    public SfuStats stats() {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #close()} was called. */
    public boolean closed() {
        throw new UnsupportedOperationException();
    }

    /** Closes all routers, frees the port and ends the thread. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
