package dev.parley.socketio.engine;

/**
 * The settings of the Engine.IO layer. Times are nanoseconds.
 *
 * @param pingInterval   time from a pong (or the opening) to the next ping
 * @param pingTimeout    time that the client has to answer a ping
 * @param upgradeTimeout time from opening a probing WebSocket to its taking over
 * @param maxPayload     most bytes in one polling body or one WebSocket message from the client
 * @param queuePackets   most packets waiting to be sent
 * @param queueBytes     most bytes waiting to be sent
 * @param packetRate     engine packets and WebSocket frames that a client may send in a second; bursts of twice as many
 * @param maxConnections sessions at once
 */
public record EngineConfig(
        long pingInterval,
        long pingTimeout,
        long upgradeTimeout,
        int maxPayload,
        int queuePackets,
        long queueBytes,
        int packetRate,
        int maxConnections) {
    /** How long a closing session waits for the client to take what is left: 5 s. */
    public static final long DRAIN_TIMEOUT = 5_000_000_000L;

    /** Most WebSocket fragments in one message: an honest client sends one. */
    public static final int MAX_FRAGMENTS = 1_024;

    /** The defaults of Socket.IO 4 where it has the setting. */
    public static EngineConfig defaults() {
        return new EngineConfig(
                25_000_000_000L, 20_000_000_000L, 10_000_000_000L, 1_000_000, 2_048, 8L << 20, 1_000, 10_000);
    }
}
