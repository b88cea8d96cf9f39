package dev.parley.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Bounds what one logger writes, so that nobody can fill a disk from outside: at most {@value #LINES} lines in 10
 * seconds; then one line says how many were left out. Errors always pass.
 */
public final class LogFlood extends TurboFilter {
    private static final int LINES = 200;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final class Window {
        private long start;
        private int lines;
    }

    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable t) {
        if (!level.isGreaterOrEqual(logger.getEffectiveLevel()) || level.isGreaterOrEqual(Level.ERROR)
                || format == null) {
            return FilterReply.NEUTRAL;
        }
        int leftOut = 0;
        var window = windows.computeIfAbsent(logger.getName(), name -> new Window());
        synchronized (window) {
            long now = System.nanoTime();
            if (window.lines == 0 || now - window.start > WINDOW_NANOS) {
                leftOut = Math.max(0, window.lines - LINES);
                window.start = now;
                window.lines = 0;
            }
            if (window.lines++ >= LINES) {
                return FilterReply.DENY;
            }
        }
        if (leftOut > 0) {
            logger.warn("{} lines were left out here in the last seconds", leftOut);
        }
        return FilterReply.NEUTRAL;
    }
}
