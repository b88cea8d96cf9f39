package dev.parley.sfu.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SeqTest {
    private static final long[] STARTS = {-70_000, -65_536, -1, 0, 1, 100, 32_767, 32_768, 65_534, 65_535, 65_536, 1L << 40};

    @Test
    void unwrapsSixteenBitsAroundEveryStart() {
        for (long start : STARTS) {
            for (long distance = -32_768; distance <= 32_767; distance++) {
                long extended = start + distance;
                assertEquals(extended, Seq.unwrap16(start, (int) (extended & 0xffff)));
                assertEquals(distance, Seq.distance16((int) (extended & 0xffff), (int) (start & 0xffff)));
            }
        }
    }

    @Test
    void unwrapsThirtyTwoBitsAroundEveryStart() {
        for (long start : STARTS) {
            for (long distance : new long[] {-(1L << 31), -3000, -1, 0, 1, 90_000, (1L << 31) - 1}) {
                long extended = start + distance;
                assertEquals(extended, Seq.unwrap32(start, extended & 0xffff_ffffL));
                assertEquals(distance, Seq.distance32(Seq.wire32(extended), Seq.wire32(start)));
            }
        }
    }

    @Test
    void countsOnOverManyWraps() {
        long extended = 65_500;
        for (int i = 0; i < 1_000_000; i++) {
            long next = Seq.unwrap16(extended, Seq.wire16(extended + 1));
            assertEquals(extended + 1, next);
            extended = next;
        }
    }

    @Test
    void tellsWhichIsNewerOverTheWrap() {
        assertTrue(Seq.isNewer16(0, 65_535));
        assertTrue(Seq.isNewer16(5, 65_530));
        assertFalse(Seq.isNewer16(65_535, 0));
        assertFalse(Seq.isNewer16(7, 7));
    }

    @Test
    void convertsNtpThereAndBack() {
        long unixNanos = 1_700_000_000_123_456_789L;
        long ntp = Ntp.ofUnixNanos(unixNanos);
        assertEquals(1_700_000_000L + 2_208_988_800L, ntp >>> 32);
        assertTrue(Math.abs(unixNanos % 1_000_000_000 - Ntp.toNanos(ntp) % 1_000_000_000) <= 1);
        assertEquals(1 << 16, Ntp.compactDuration(1_000_000_000));
        assertEquals(1_500_000_000, Ntp.compactToNanos(Ntp.compactDuration(1_500_000_000)));
        assertEquals(ntp >>> 16 & 0xffff_ffffL, Ntp.compact(ntp));
    }
}
