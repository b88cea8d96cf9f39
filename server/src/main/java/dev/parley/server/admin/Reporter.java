package dev.parley.server.admin;

import dev.parley.server.room.RoomRegistry;
import dev.parley.sfu.Sfu;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;

/** Makes reports of a running server. Any thread; nothing that carries media or signalling waits for it. */
public final class Reporter {
    private final String version;
    private final Sfu sfu;
    private final RoomRegistry rooms;
    private final IntSupplier connections;

    /** @param connections how many signalling connections are open */
    public Reporter(String version, Sfu sfu, RoomRegistry rooms, IntSupplier connections) {
        this.version = version;
        this.sfu = sfu;
        this.rooms = rooms;
        this.connections = connections;
    }

    /** The server now. */
    public StatsReport report() {
        return new StatsReport(
                version,
                sfu.hotPath(),
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                System.currentTimeMillis(),
                connections.getAsInt(),
                ProcessStats.now(),
                KernelQueue.of(sfu.mediaPort()),
                sfu.stats(),
                rooms.census());
    }
}
