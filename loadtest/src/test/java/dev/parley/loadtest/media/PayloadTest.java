package dev.parley.loadtest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.loadtest.media.Payload.Flaw;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PayloadTest {
    private static final int LENGTH = 300;

    private final MemorySegment memory = Arena.ofAuto().allocate(2_048);
    private final Payload payload = new Payload(7);

    private void write(boolean video, int number, boolean key, int index, int length) {
        payload.sender = 3;
        payload.stream = 1;
        payload.number = number;
        payload.frame = number / 4;
        payload.index = index;
        payload.count = 4;
        payload.key = key;
        payload.time = 123_456_789_012L;
        payload.write(video, memory, 0, length);
    }

    @Test
    void readsWhatItWrote() {
        for (int length = Payload.SHORTEST; length < 1_200; length += 17) {
            for (int kind = 0; kind < 6; kind++) {
                write(kind < 4, 70_000 + length, (kind & 1) == 0, kind / 2 % 2, length);
                assertEquals(Flaw.NONE, payload.read(kind < 4, memory, 0, length, 3, 1), length + " " + kind);
                assertEquals(70_000 + length, payload.number);
                assertEquals(123_456_789_012L, payload.time);
            }
        }
    }

    @Test
    void noticesEachChangedBit() {
        for (int kind = 0; kind < 5; kind++) {
            write(kind < 4, 5, (kind & 1) == 0, kind / 2, LENGTH);
            for (int bit = 0; bit < 8 * LENGTH; bit++) {
                turn(bit);
                assertEquals(Flaw.DAMAGED, payload.read(kind < 4, memory, 0, LENGTH, 3, 1), "bit " + bit);
                turn(bit);
            }
        }
    }

    private void turn(int bit) {
        byte before = memory.get(ValueLayout.JAVA_BYTE, bit / 8);
        memory.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) (before ^ 1 << bit % 8));
    }

    @Test
    void noticesMissingAndAddedBytes() {
        write(true, 5, true, 0, LENGTH);
        for (int length = 0; length < 2 * LENGTH; length++) {
            boolean right = length == LENGTH;
            assertEquals(right ? Flaw.NONE : Flaw.DAMAGED, payload.read(true, memory, 0, length, 3, 1), "" + length);
        }
    }

    @Test
    void noticesWhatIsOfSomebodyElse() {
        write(false, 5, false, 0, LENGTH);
        assertEquals(Flaw.WRONG_PERSON, payload.read(false, memory, 0, LENGTH, 4, 1), "another sender");
        assertEquals(Flaw.WRONG_PERSON, payload.read(false, memory, 0, LENGTH, 3, 2), "another stream");
        assertNotEquals(Flaw.NONE, new Payload(8).read(false, memory, 0, LENGTH, 3, 1), "another test");
    }

    @Test
    void throwsNothingWhateverItReads() {
        var random = new SplittableRandom(1);
        var noise = new byte[400];
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(noise);
            MemorySegment.copy(noise, 0, memory, ValueLayout.JAVA_BYTE, 0, noise.length);
            assertTrue(payload.read((i & 1) == 0, memory, 0, random.nextInt(noise.length), 3, 1) == Flaw.DAMAGED);
        }
    }
}
