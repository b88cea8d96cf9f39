package dev.parley.sfu.engine.stream;

import static dev.parley.sfu.engine.stream.Media.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyFrameGateTest {
    private final KeyFrameGate gate = new KeyFrameGate();

    @Test
    void letsTheFirstRequestThroughAtOnce() {
        assertFalse(gate.poll(-5));
        gate.request(-5);
        assertTrue(gate.poll(-5));
        assertFalse(gate.poll(-5));
    }

    @Test
    void letsTwoASecondThroughOfTenThousand() {
        int sent = 0;
        for (int i = 0; i < 100_000; i++) {
            gate.request(i * MS / 10);
            sent += gate.poll(i * MS / 10) ? 1 : 0;
            if (i % 1000 == 0) {
                gate.keyFrameArrived();
            }
        }
        assertEquals(20, sent, "in 10 s");
    }

    @Test
    void remembersARequestUntilItOpens() {
        gate.request(0);
        gate.poll(0);
        gate.keyFrameArrived();
        gate.request(100 * MS);
        assertEquals(500 * MS, gate.nextTimeout());
        assertFalse(gate.poll(499 * MS));
        assertTrue(gate.poll(500 * MS));
    }

    @Test
    void forgetsARequestWhenAKeyFrameCame() {
        gate.request(0);
        gate.poll(0);
        gate.request(100 * MS);
        gate.keyFrameArrived();
        assertEquals(Long.MAX_VALUE, gate.nextTimeout());
        assertFalse(gate.poll(600 * MS));
    }

    @Test
    void repeatsAnUnansweredRequestAFewTimes() {
        gate.request(0);
        int sent = 0;
        for (int i = 0; i < 20_000; i++) {
            sent += gate.poll(i * MS) ? 1 : 0;
        }
        assertEquals(6, sent);
        assertEquals(Long.MAX_VALUE, gate.nextTimeout());
    }
}
