package dev.parley.sfu.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CompilerWatchTest {
    private static final long INTERVAL = CompilerWatch.INTERVAL_NANOS;

    private final AtomicLong total = new AtomicLong(5_000);
    private final CompilerWatch watch = new CompilerWatch(0, total::get);

    @Test
    void theyAreBusyUntilAnIntervalIsOver() {
        assertTrue(watch.isBusy(0));
        assertTrue(watch.isBusy(INTERVAL - 1));
        assertFalse(watch.isBusy(INTERVAL));
    }

    @Test
    void whatIsAlwaysLeftOverIsNotBusy() {
        total.addAndGet(CompilerWatch.IDLE_MILLIS);
        assertFalse(watch.isBusy(INTERVAL));
        total.addAndGet(CompilerWatch.IDLE_MILLIS + 1);
        assertFalse(watch.isBusy(INTERVAL + 1)); // the last interval counts
        assertTrue(watch.isBusy(2 * INTERVAL));
        assertFalse(watch.isBusy(3 * INTERVAL));
    }

    @Test
    void itLooksAtThisJvm() {
        var here = CompilerWatch.ofThisJvm(0);
        assertTrue(here.isBusy(0));
        assertEquals(here.isBusy(INTERVAL), here.isBusy(INTERVAL));
    }
}
