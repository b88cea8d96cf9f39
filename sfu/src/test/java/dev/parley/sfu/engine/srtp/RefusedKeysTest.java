package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What native ciphers had taken when a later step of making them failed. */
final class RefusedKeysTest {
    private static final int ROUNDS = 20_000;
    private static final int ATTEMPTS = 5;
    private static final SessionKeys GOOD = keys(16, 14);
    private static final SessionKeys BAD_KEY = keys(24, 14); // AES has such keys, SRTP does not

    @Test
    void gcmWhoseSecondKeyIsRefusedLeavesNothing() {
        assertLeavesNothing(() -> new NativeGcm(GOOD, BAD_KEY, true));
    }

    @Test
    void gcmWhoseFirstKeyIsRefusedLeavesNothing() {
        assertLeavesNothing(() -> new NativeGcm(BAD_KEY, GOOD, false));
    }

    @Test
    void gcmWhoseSaltIsTooShortLeavesNothing() {
        assertLeavesNothing(() -> new NativeGcm(GOOD, keys(16, 8), true));
    }

    @Test
    void counterModeWhoseSecondKeyIsRefusedLeavesNothing() {
        assertLeavesNothing(() -> new NativeCounterMode(GOOD, BAD_KEY));
    }

    @Test
    void counterModeWhoseFirstKeyIsRefusedLeavesNothing() {
        assertLeavesNothing(() -> new NativeCounterMode(BAD_KEY, GOOD));
    }

    private static SessionKeys keys(int keyLength, int saltLength) {
        return new SessionKeys(new byte[keyLength], new byte[saltLength], new byte[20]);
    }

    private static void assertLeavesNothing(Runnable making) {
        assertThrows(RuntimeException.class, making::run);
        // The JVM's compilers take memory as well, now and then; what is not given back is missing each time.
        long limit = ROUNDS * 16L; // the scratch memory alone has 24, a context nearly 1,000
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least >= limit; attempt++) {
            long before = NativeHeap.used();
            for (int i = 0; i < ROUNDS; i++) {
                assertThrows(RuntimeException.class, making::run);
            }
            least = Math.min(least, NativeHeap.used() - before);
        }
        assertTrue(least < limit, least + " bytes more than before");
    }
}
