package dev.parley.sfu.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SsrcMapTest {
    @Test
    void agreesWithAHashMapOverManyRandomChanges() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var map = new SsrcMap<Integer>(random.nextInt());
            var model = new HashMap<Long, Integer>();
            for (int step = 0; step < 5_000; step++) {
                // Few different keys, so that they are removed and found again often, at both ends of 32 bits.
                long ssrc = random.nextInt(64) + (random.nextBoolean() ? 0 : 0xffff_ff00L);
                if (random.nextInt(3) == 0) {
                    map.remove(ssrc);
                    model.remove(ssrc);
                } else {
                    map.put(ssrc, step);
                    model.put(ssrc, step);
                }
                long asked = random.nextInt(64) + (random.nextBoolean() ? 0 : 0xffff_ff00L);
                assertEquals(model.get(asked), map.get(asked));
                assertEquals(model.size(), map.size());
            }
            assertEquals(new HashSet<>(model.values()), new HashSet<>(map.values()));
        }
    }

    @Test
    void findsNothingInAnEmptyMap() {
        var map = new SsrcMap<String>(1);
        assertNull(map.get(0));
        map.remove(0);
        assertEquals(0, map.size());
    }
}
