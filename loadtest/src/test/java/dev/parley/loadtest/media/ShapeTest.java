package dev.parley.loadtest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void videoHasKeyFramesOfTwentyToSixtyPacketsAndOthersOfTwoToSixteen() {
        for (int bitrate : new int[] {50_000, 500_000, 3_000_000, 8_000_000}) {
            var shape = new VideoShape(bitrate);
            for (int i = 0; i < 2_000; i++) {
                shape.next(random, i % 10 == 0);
                assertEquals(i % 10 == 0, shape.key());
                int least = shape.key() ? 20 : 2;
                int most = shape.key() ? 60 : 16;
                assertTrue(shape.packets() >= least && shape.packets() <= most, shape.packets() + " packets");
                int spread = shape.length(0) - shape.length(shape.packets() - 1);
                assertTrue(spread == 0 || spread == 1, "packets of a frame differ by " + spread);
                assertTrue(shape.length(shape.packets() - 1) >= Payload.SHORTEST && shape.length(0) <= 1_200);
            }
        }
    }

    @Test
    void videoKeepsItsBitrate() {
        for (int bitrate : new int[] {500_000, 1_500_000, 3_000_000}) {
            var shape = new VideoShape(bitrate);
            long bits = 0;
            int frames = 30_000;
            for (int i = 0; i < frames; i++) {
                shape.next(random, false);
                for (int j = 0; j < shape.packets(); j++) {
                    bits += 8L * shape.length(j);
                }
            }
            double seconds = frames * shape.nanos() / 1e9;
            assertEquals(1, bits / seconds / bitrate, 0.05, bitrate + " bit/s");
        }
    }

    @Test
    void audioSendsFiftyPacketsASecondWithoutPauses() {
        var shape = new AudioShape(false);
        for (int i = 0; i < 100; i++) {
            shape.next(random, false);
            assertEquals(20_000_000, shape.nanos());
            assertEquals(1, shape.packets());
            assertFalse(shape.key());
        }
    }

    @Test
    void audioWithPausesSpeaksAThirdOfTheTime() {
        var shape = new AudioShape(true);
        long talking = 0;
        long all = 0;
        for (int i = 0; i < 100_000; i++) {
            shape.next(random, false);
            all += shape.nanos();
            talking += shape.nanos() == 20_000_000 ? shape.nanos() : 0;
        }
        assertEquals(0.33, (double) talking / all, 0.08);
    }

    @Test
    void flatVideoHasItsRateWhateverTheBurst() {
        for (int burst = 1; burst <= 10; burst++) {
            var shape = new FlatShape(400, 1_100, burst);
            assertEquals(400, shape.burst() * 1e9 / shape.nanos(), 0.1);
            assertEquals(0, shape.packets() % burst, "whole bursts");
            assertEquals(400, shape.packets() * 1e9 / shape.frameNanos(), 0.1);
        }
    }
}
