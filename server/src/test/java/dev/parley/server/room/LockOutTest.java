package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockOutTest {
    private static final long SECOND = 1_000_000_000L;
    private final LockOut lockOut = new LockOut();

    private void wrong(int times, long now, String room, String address) {
        for (int i = 0; i < times; i++) {
            lockOut.wrongCode(now, room, address);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 10 * SECOND, Long.MIN_VALUE})
    void locksAnAddressOutOfARoomAfterFiveWrongCodesForFiveMinutes(long start) {
        wrong(4, start, "r", "a");
        assertFalse(lockOut.isLocked(start, "r", "a"));
        wrong(1, start + SECOND, "r", "a");
        assertTrue(lockOut.isLocked(start + SECOND, "r", "a"));
        assertTrue(lockOut.isLocked(start + 300 * SECOND, "r", "a"));
        assertFalse(lockOut.isLocked(start + 301 * SECOND, "r", "a"));
    }

    @Test
    void leavesOtherRoomsAndOtherAddressesOpen() {
        wrong(5, 0, "r", "a");
        assertFalse(lockOut.isLocked(1, "other", "a"));
        assertFalse(lockOut.isLocked(1, "r", "other"));
    }

    @Test
    void forgetsWrongCodesAfterFiveMinutes() {
        wrong(4, 0, "r", "a");
        wrong(4, 301 * SECOND, "r", "a");
        assertFalse(lockOut.isLocked(302 * SECOND, "r", "a"));
        wrong(1, 303 * SECOND, "r", "a");
        assertTrue(lockOut.isLocked(304 * SECOND, "r", "a"));
    }

    @Test
    void doesNotProlongALock() {
        wrong(5, 0, "r", "a");
        wrong(5, 200 * SECOND, "r", "a");
        assertFalse(lockOut.isLocked(301 * SECOND, "r", "a"));
    }

    @Test
    void locksAnAddressOutEverywhereAfterTwentyRefusals() {
        for (int i = 0; i < 20; i++) {
            assertFalse(lockOut.isLocked(i, "new", "a"));
            lockOut.wrongCode(i, "room" + i, "a");
        }
        assertTrue(lockOut.isLocked(21, "new", "a"));
        assertFalse(lockOut.isLocked(21, "new", "b"));
    }

    @Test
    void countsUnknownRoomsAndKnownOnesAlikeForTheAddress() {
        // One attacker tries a room that exists, one a room that does not: both lock out at the same try.
        int known = 0;
        while (!lockOut.isLocked(1, "own", "a")) {
            if (lockOut.isLocked(1, "r", "a")) {
                lockOut.refused(1, "a");
            } else {
                lockOut.wrongCode(1, "r", "a");
            }
            known++;
        }
        int unknown = 0;
        while (!lockOut.isLocked(1, "own", "b")) {
            lockOut.refused(1, "b");
            unknown++;
        }
        assertEquals(unknown, known);
    }

    @Test
    void locksARoomAfterAHundredWrongCodesFromAnywhere() {
        for (int i = 0; i < 100; i++) {
            assertFalse(lockOut.isLocked(i, "r", "newcomer"));
            lockOut.wrongCode(i, "r", "a" + i);
        }
        assertTrue(lockOut.isLocked(100, "r", "newcomer"));
        assertFalse(lockOut.isLocked(100, "other", "newcomer"));
        lockOut.forgetRoom("r");
        assertFalse(lockOut.isLocked(100, "r", "newcomer"));
    }

    @Test
    void remembersABoundedNumberOfKeys() {
        var counter = new FailureCounter<Integer>(2, Duration.ofMinutes(5), Duration.ofMinutes(5), 100);
        for (int i = 0; i < 10_000; i++) {
            counter.failed(i, i);
        }
        assertEquals(100, counter.size());
    }
}
