package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void roomsFillOneLaneAfterTheOther() {
        assertEquals(0, Placement.forRoom(new double[] {0, 0, 0}));
        assertEquals(0, Placement.forRoom(new double[] {0.49, 0, 0}));
        assertEquals(1, Placement.forRoom(new double[] {0.5, 0.1, 0}));
        assertEquals(2, Placement.forRoom(new double[] {0.9, 0.6, 0.55}), "all are half full: the least");
    }

    @Test
    void aRoomStaysTogetherUntilItsLaneIsNearlyFull() {
        assertEquals(1, Placement.inRoom(new double[] {0, 0.79, 0}, 1));
        assertEquals(0, Placement.inRoom(new double[] {0, 0.8, 0}, 1));
        assertEquals(1, Placement.inRoom(new double[] {1.2, 0.9, 1}, 0), "nowhere is room: the least");
    }

    @Test
    void loadFollowsWhatTheLaneDoes() {
        var load = new LaneLoad();
        long now = 0;
        for (; now < 1_000 * MILLISECOND; now += 10 * MILLISECOND) {
            load.turned(now, 6 * MILLISECOND);
        }
        assertEquals(0.6, load.share(now), 0.05);
        assertTrue(load.share(now + 2_000 * MILLISECOND) < 0.2, "it has slept since");
        for (long until = now + 1_500 * MILLISECOND; now < until; now += 10 * MILLISECOND) {
            load.turned(now, 10 * MILLISECOND);
        }
        assertEquals(1, load.share(now), 0.05);
    }
}
