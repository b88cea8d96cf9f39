package dev.parley.server.room;

import dev.parley.server.config.Limits;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What all rooms share.
 *
 * @param limits upper bounds
 * @param grace how long a lost participant may come back
 * @param archive keeps rooms on disk
 * @param files room for the files that people send
 * @param emptyRoom how long an empty room is kept
 * @param random for codes and tokens
 * @param nanoTime a monotonic clock
 * @param wallClock for the times of chat messages
 * @param timers runs {@link #later}
 */
public record RoomContext(
        Limits limits,
        Grace grace,
        RoomArchive archive,
        FileSpace files,
        Duration emptyRoom,
        SecureRandom random,
        LongSupplier nanoTime,
        InstantSource wallClock,
        ScheduledExecutorService timers) {
    /** Runs the task on a virtual thread of its own after the delay; it may block. */
    void later(Duration delay, Runnable task) {
        timers.schedule(() -> Thread.startVirtualThread(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** 256 random bits in URL-safe characters. */
    String newToken() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
