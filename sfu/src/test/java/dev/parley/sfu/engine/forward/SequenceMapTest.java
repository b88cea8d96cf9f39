package dev.parley.sfu.engine.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceMapTest {
    @ParameterizedTest
    @ValueSource(longs = {-100, 0, 65_530, 65_535, 1_000_000})
    void keepsGapsOfTheSourceAndClosesItsOwn(long in) {
        var map = new SequenceMap(65_534);
        map.start(in, 0);
        assertEquals(65_534, map.map(in));
        assertEquals(65_537, map.map(in + 3), "a gap is shown");
        assertEquals(65_535, map.map(in + 1), "and may be filled");
        map.skip(in + 5);
        assertEquals(65_538, map.map(in + 4), "before what was skipped");
        assertEquals(65_539, map.map(in + 6), "after what was skipped");
        assertEquals(SequenceMap.NONE, map.map(in + 5));
        map.skip(in + 7);
        map.skip(in + 8);
        assertEquals(65_540, map.map(in + 9));
        assertEquals(65_536, map.map(in + 2), "long ago");
    }

    @Test
    void showsNothingOfAPause() {
        var map = new SequenceMap(0);
        map.start(100, 5);
        map.map(100);
        map.map(103);
        map.start(500, 7);
        assertEquals(SequenceMap.NONE, map.map(300));
        assertEquals(4, map.map(500));
        assertEquals(2, map.map(102), "late, from before the pause");
        assertEquals(SequenceMap.NONE, map.map(104), "was not sent because of the pause");
        assertEquals(5, map.timestampOffset(102));
        assertEquals(7, map.timestampOffset(500));
        assertEquals(SequenceMap.NONE, map.map(99));
    }

    @Test
    void remembersTheLastSixtyFourStretches() {
        var map = new SequenceMap(0);
        map.start(0, 0);
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, map.map(2L * i));
            map.skip(2L * i + 1);
        }
        assertEquals(960, map.map(1920));
        assertEquals(SequenceMap.NONE, map.map(0));
    }

    @Test
    void startsAnewBeforeAnythingWasMapped() {
        var map = new SequenceMap(10);
        map.start(100, 0);
        map.skip(100);
        map.start(50_000, 0);
        assertEquals(10, map.map(50_000));
        assertEquals(SequenceMap.NONE, map.map(101));
    }
}
