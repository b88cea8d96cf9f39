package dev.parley.loadtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetersTest {
    @Test
    void readsPausesOfCollectorsFromTheirLogs() {
        var pauses = GcLog.pauses("""
                [3.1s][info][gc,phases] GC(3) y: Pause Mark Start (Major) 0.012ms
                [3.1s][info][gc,phases] GC(3) y: Concurrent Mark 12.300ms
                [3.2s][info][gc       ] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 24M->4M(64M) 1.500ms
                [3.3s][info][gc,start ] GC(8) Pause Young (Normal) (G1 Evacuation Pause)
                """);
        assertEquals(2, pauses.count());
        assertEquals(1.512, pauses.totalMs(), 1e-9);
        assertEquals(1.5, pauses.longestMs(), 1e-9);
    }

    @Test
    void readsCpuTimeAndMemoryOfAProcess() {
        var self = new ProcessMeter(ProcessHandle.current().pid());
        assertTrue(self.isReadable());
        double before = self.cpuSeconds().orElseThrow();
        double threads = self.threadSeconds(name -> true);
        long work = 0;
        for (long end = System.nanoTime() + 200_000_000; System.nanoTime() < end; work++) {
            // Something to do.
        }
        assertTrue(self.cpuSeconds().orElseThrow() - before >= 0.05, "after " + work);
        assertTrue(self.threadSeconds(name -> true) > threads);
        assertTrue(self.residentBytes().orElseThrow() > 10_000_000);
    }

    @Test
    void saysWhenThereIsNoSuchProcess() {
        var none = new ProcessMeter(99_999_999);
        assertFalse(none.isReadable());
        assertEquals(0, none.threadSeconds(name -> true));
    }
}
