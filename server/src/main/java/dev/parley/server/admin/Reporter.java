package dev.parley.server.admin;

import dev.parley.server.room.RoomRegistry;
import dev.parley.sfu.Sfu;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Makes reports of a running server. Any thread; nothing that carries media or signalling waits for it. */
public final class Reporter {
    private final String version;
    private final Sfu sfu;
    private final RoomRegistry rooms;
    private final IntSupplier connections;
    private final Supplier<ReachStats> reach;

    /**
     * Reports of these.
     *
     * @param connections how many signalling connections are open
     * @param reach how clients get to the server
     */
    public Reporter(
            String version, Sfu sfu, RoomRegistry rooms, IntSupplier connections, Supplier<ReachStats> reach) {
        this.version = version;
        this.sfu = sfu;
        this.rooms = rooms;
        this.connections = connections;
        this.reach = reach;
    }

    /** The server now. */
    public StatsReport report() {
        return new StatsReport(
                version,
                sfu.hotPath(),
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                System.currentTimeMillis(),
                connections.getAsInt(),
                reach.get(),
                ProcessStats.now(),
                KernelQueue.of(sfu.mediaPort()),
                sfu.stats(),
                rooms.census());
    }
}
