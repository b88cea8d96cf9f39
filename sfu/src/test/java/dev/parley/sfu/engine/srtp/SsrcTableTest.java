package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SsrcTableTest {
    @Test
    void forgetsTheLeastRecentlyUsed() {
        var random = new SplittableRandom(256);
        var table = new SsrcTable(256, true);
        var model = new LinkedHashMap<Integer, ReplayWindow>(16, 0.75f, true);
        for (int i = 0; i < 50_000; i++) {
            // Clustered values, so that probing runs collide and removal has to move others.
            int ssrc = random.nextInt(400) * (random.nextBoolean() ? 1 : 1 << 20);
            var known = model.get(ssrc);
            assertSame(known, table.find(ssrc));
            if (known == null) {
                if (model.size() == 256) {
                    model.pollFirstEntry();
                }
                model.put(ssrc, table.add(ssrc));
            }
            assertEquals(model.size(), table.size());
        }
    }

    @Test
    void refusesInsteadOfForgettingWhereThatIsAsked() {
        var table = new SsrcTable(1000, false);
        for (int ssrc = 0; ssrc < 1000; ssrc++) {
            assertNotNull(table.add(ssrc));
        }
        assertNull(table.add(1000));
        for (int ssrc = 0; ssrc < 1000; ssrc++) {
            assertNotNull(table.find(ssrc));
        }
    }
}
