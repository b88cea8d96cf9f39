package dev.parley.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class AddressLimiterTest {
    private static final long SECOND = 1_000_000_000L;
    private final AddressLimiter limiter = new AddressLimiter(6);

    @Test
    void allowsSoManyAtOnceAndThenOneWheneverItsTimeHasPassed() {
        for (int i = 0; i < 6; i++) {
            assertTrue(limiter.allows(0, "a"));
        }
        assertFalse(limiter.allows(9 * SECOND, "a"));
        assertTrue(limiter.allows(21 * SECOND, "a"));
        assertFalse(limiter.allows(21 * SECOND, "a") && limiter.allows(21 * SECOND, "a"));
    }

    @Test
    void countsEachAddressForItself() {
        for (int i = 0; i < 6; i++) {
            limiter.allows(0, "a");
        }
        assertTrue(limiter.allows(0, "b"));
    }

    @Test
    void forgetsAddressesThatHaveBeenQuiet() {
        for (int i = 0; i < 1_000; i++) {
            limiter.allows(0, "a" + i);
        }
        limiter.allows(61 * SECOND, "b");
        assertEquals(1, limiter.size());
    }
}
