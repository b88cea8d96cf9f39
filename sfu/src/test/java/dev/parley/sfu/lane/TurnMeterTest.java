package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TurnMeterTest {
    @Test
    void countsATurnFromItsBeginningToTheNextOneOrToTheWait() {
        var meter = new TurnMeter();
        meter.begin(1_000);
        meter.did(3, 1, 7);
        meter.begin(1_500);
        meter.did(0, 0, 7);
        meter.end(1_540);
        meter.begin(9_000);
        meter.did(5, 2, 12);
        meter.end(9_100);
        assertEquals(2, meter.turnNanos().count());
        assertEquals(600, meter.turnNanos().sum());
        assertEquals(640, meter.busyNanos(), "the turn that found nothing took time too");
        assertEquals(8, meter.receiveBatch().sum());
        assertEquals(12, meter.sendBatch().sum());
        assertEquals(2, meter.sendBatch().count());
        assertEquals(3, meter.commands());
    }
}
