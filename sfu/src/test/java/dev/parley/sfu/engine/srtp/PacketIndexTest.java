package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PacketIndexTest {
    @Test
    void findsEveryIndexWithinHalfACycleOfTheHighest() {
        var random = new SplittableRandom(3711);
        var starts = new long[] {0, 1, 32_767, 32_768, 65_534, 65_535, 65_536, 98_304, 1L << 40, (1L << 48) - 40_000};
        for (long highest : starts) {
            for (int i = 0; i < 20_000; i++) {
                long index = highest + random.nextInt(-32_767, 32_768);
                assertEquals(index, PacketIndex.estimate(highest, (int) (index & 0xffff)));
            }
        }
    }

    /** The RFC's own wording of 3.3.1, as a second opinion. */
    @Test
    void agreesWithThePseudocodeOfTheRfc() {
        var random = new SplittableRandom(331);
        for (int i = 0; i < 200_000; i++) {
            long highest = random.nextLong(1L << 47);
            int sequence = random.nextInt(65_536);
            long roc = highest >>> 16;
            int last = (int) (highest & 0xffff);
            long guess;
            if (last < 32_768) {
                guess = sequence - last > 32_768 ? roc - 1 : roc;
            } else {
                guess = last - 32_768 > sequence ? roc + 1 : roc;
            }
            assertEquals(guess * 65_536 + sequence, PacketIndex.estimate(highest, sequence));
        }
    }

    @Test
    void placesALatePacketOfNoCycleBelowZero() {
        assertEquals(65_530 - 65_536, PacketIndex.estimate(3, 65_530));
    }
}
