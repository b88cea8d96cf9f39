package dev.parley.sfu.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SmallHeapTest {
    private static final long MEGABYTE = 1L << 20;

    @Test
    void aimsAtTwiceWhatIsInUse() {
        assertEquals(400 * MEGABYTE, SmallHeap.goal(200 * MEGABYTE, 4_096 * MEGABYTE));
    }

    @Test
    void leavesRoomForSecondsOfGarbageWhenLittleIsInUse() {
        assertEquals(SmallHeap.LEAST, SmallHeap.goal(0, 4_096 * MEGABYTE));
        assertEquals(SmallHeap.LEAST, SmallHeap.goal(20 * MEGABYTE, 4_096 * MEGABYTE));
    }

    @Test
    void neverAimsHigherThanTheHeapMayBecome() {
        assertEquals(512 * MEGABYTE, SmallHeap.goal(300 * MEGABYTE, 512 * MEGABYTE));
        assertEquals(64 * MEGABYTE, SmallHeap.goal(10 * MEGABYTE, 64 * MEGABYTE));
    }
}
