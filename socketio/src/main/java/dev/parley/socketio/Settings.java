package dev.parley.socketio;

import dev.parley.socketio.codec.Json;
import dev.parley.socketio.engine.EngineConfig;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings of a server. Times are nanoseconds.
 *
 * @param engine         those of the Engine.IO layer
 * @param path           the path, with a slash at both ends
 * @param connectTimeout time to join a namespace
 * @param recoveryWindow time in which a lost session can be continued; 0 = never
 * @param eventsPerSecond rate of Socket.IO packets from one connection
 * @param eventBurst     burst of the same
 * @param hosts          which Host headers are ours
 * @param origins        which foreign origins are let in
 * @param mapper         writes arguments
 */
record Settings(
        EngineConfig engine,
        String path,
        long connectTimeout,
        long recoveryWindow,
        double eventsPerSecond,
        int eventBurst,
        Predicate<String> hosts,
        Predicate<String> origins,
        JsonMapper mapper) {
    /** Most events of one socket that wait for its listeners. */
    static final int PENDING_EVENTS = 1_024;

    static Settings defaults() {
        return new Settings(
                EngineConfig.defaults(),
                "/socket.io/",
                45_000_000_000L,
                0,
                100,
                300,
                host -> true,
                origin -> false,
                Json.WRITER);
    }

    boolean recovery() {
        return recoveryWindow > 0;
    }
}
