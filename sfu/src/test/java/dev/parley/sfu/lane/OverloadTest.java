package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverloadTest {
    private static final long MILLISECOND = 1_000_000;
    private final Overload overload = new Overload();

    /** Turns between which the lane waits. */
    private void turns(int times, double millis, double waitedMillis) {
        for (int i = 0; i < times; i++) {
            overload.turned((long) (millis * MILLISECOND), (long) (waitedMillis * MILLISECOND));
        }
    }

    @Test
    void aLaneThatNeverWaitsGivesUpAnEighthAtATimeUntilNoVideoIsLeft() {
        turns(124, 4, 0.002);
        assertEquals(0, overload.level());
        turns(1, 4, 0.002);
        assertEquals(1, overload.level());
        turns(125, 4, 0);
        assertEquals(2, overload.level());
        turns(2_000, 4, 0);
        assertEquals(Overload.ALL, overload.level());
        for (long ssrc = 1_000; ssrc < 1_064; ssrc++) {
            assertTrue(overload.sheds(ssrc));
        }
    }

    @Test
    void longTurnsWithWaitingBetweenThemAreNoOverload() {
        turns(1_000, 40, 2);
        assertEquals(0, overload.level());
    }

    @Test
    void aThreadThatTheMachineHeldUpIsNotOverloaded() {
        for (int i = 0; i < 100; i++) {
            // It stood still for a second, and needs two long turns for what gathered.
            turns(1, 1_000, 1);
            turns(2, 80, 0);
            turns(20, 1, 9);
        }
        assertEquals(0, overload.level());
    }

    @Test
    void theSameEighthStaysOut() {
        turns(125, 4, 0);
        long shed = 0;
        for (long ssrc = 0; ssrc < 8_000; ssrc++) {
            shed += overload.sheds(ssrc) ? 1 : 0;
        }
        assertEquals(1_000, shed);
        assertTrue(overload.sheds(8));
        turns(125, 4, 0);
        assertTrue(overload.sheds(8));
        assertFalse(overload.sheds(7));
    }

    @Test
    void whatWasGivenUpComesBackStepByStepOnceThereIsRoom() {
        turns(250, 4, 0);
        assertEquals(2, overload.level());
        turns(500, 4, 0.4);
        assertEquals(2, overload.level(), "it just keeps up: more would be too much again");
        turns(130, 3, 1);
        assertEquals(1, overload.level());
        turns(130, 3, 1);
        assertEquals(0, overload.level());
        assertFalse(overload.sheds(0));
    }
}
