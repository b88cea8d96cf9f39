package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ReplayWindowTest {
    @Test
    void agreesWithASetThatRemembersEverything() {
        var random = new SplittableRandom(332);
        for (int round = 0; round < 50; round++) {
            var window = new ReplayWindow();
            var seen = new HashSet<Long>();
            long highest = -1;
            long base = random.nextLong(1L << 40);
            for (int i = 0; i < 5_000; i++) {
                base += random.nextInt(20) == 0 ? random.nextInt(3_000) : random.nextInt(3);
                long index = Math.max(0, base - random.nextInt(1_400));
                boolean expected = index > highest || (highest - index < 1024 && !seen.contains(index));
                assertEquals(expected, window.accepts(index), "index " + index + ", highest " + highest);
                if (expected) {
                    window.mark(index);
                    seen.add(index);
                    highest = Math.max(highest, index);
                }
                assertEquals(highest, window.highest());
            }
        }
    }

    @Test
    void knowsExactlyTheLast1024() {
        var window = new ReplayWindow();
        window.mark(5_000);
        assertTrue(window.accepts(5_000 - 1_023));
        assertFalse(window.accepts(5_000 - 1_024));
        assertFalse(window.accepts(5_000));
    }
}
