package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverloadTest {
    private static final long MILLISECOND = 1_000_000;
    private final Overload overload = new Overload();
    private long now;

    private void turn(int times, long millis) {
        for (int i = 0; i < times; i++) {
            now += millis * MILLISECOND;
            overload.turned(now, millis * MILLISECOND);
        }
    }

    @Test
    void fewLongTurnsOfABusyMachineChangeNothing() {
        turn(7, 40);
        assertEquals(0, overload.level());
        turn(1, 1);
        turn(7, 40);
        assertEquals(0, overload.level());
        turn(1, 40);
        assertEquals(1, overload.level());
    }

    @Test
    void aSingleLongTurnChangesNothing() {
        for (int i = 0; i < 100; i++) {
            turn(2, 200);
            turn(1, 1);
        }
        assertEquals(0, overload.level());
    }

    @Test
    void longTurnsInARowGiveUpAnEighthAtATimeUntilNoVideoIsLeft() {
        turn(8, 40);
        assertEquals(1, overload.level());
        turn(8, 40);
        assertEquals(2, overload.level());
        turn(100, 40);
        assertEquals(Overload.ALL, overload.level());
        for (long ssrc = 1_000; ssrc < 1_064; ssrc++) {
            assertTrue(overload.sheds(ssrc));
        }
    }

    @Test
    void theSameEighthStaysOut() {
        turn(8, 40);
        long shed = 0;
        for (long ssrc = 0; ssrc < 8_000; ssrc++) {
            shed += overload.sheds(ssrc) ? 1 : 0;
        }
        assertEquals(1_000, shed);
        assertTrue(overload.sheds(8));
        turn(8, 40);
        assertTrue(overload.sheds(8));
        assertFalse(overload.sheds(7));
    }

    @Test
    void whatWasGivenUpComesBackStepByStep() {
        turn(16, 40);
        assertEquals(2, overload.level());
        turn(499, 1);
        assertEquals(2, overload.level());
        turn(1, 1);
        assertEquals(1, overload.level());
        turn(400, 1);
        turn(1, 40);
        turn(499, 1);
        assertEquals(1, overload.level(), "a long turn begins the half second anew");
        turn(1, 1);
        assertEquals(0, overload.level());
        assertFalse(overload.sheds(0));
    }
}
