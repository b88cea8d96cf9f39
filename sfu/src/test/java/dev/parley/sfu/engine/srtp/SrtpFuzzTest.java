package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Genuine packets cut, stretched and changed at random: none may be accepted, none may throw, none may read past its
 * end.
 */
final class SrtpFuzzTest {
    private static final int INPUTS = 60_000;

    @ParameterizedTest
    @EnumSource
    void survivesMutatedPacketsAndStillOpensTheGenuineOnes(SrtpProfile profile) {
        var random = new SplittableRandom(profile.id());
        var pair = new SrtpPair(profile, random);
        int opened = 0;
        for (int i = 0; i < INPUTS; i++) {
            boolean rtcp = random.nextInt(4) == 0;
            var plain = SrtpPair.rtp(random.nextInt(8), i / 100 & 0xffff, SrtpPair.random(random.nextInt(100), random));
            if (i % 100 == 0) {
                plain = SrtpPair.rtp(i, i & 0xffff, new byte[random.nextInt(64)]);
                var datagram = rtcp ? pair.sealRtcp(plain) : pair.seal(plain);
                int result = rtcp ? pair.openRtcp(datagram) : pair.open(datagram);
                assertEquals(plain.length, result);
                opened++;
            } else {
                refuse(pair, mutate(plain, random), rtcp);
            }
        }
        assertEquals(INPUTS / 100, opened);
    }

    /** A confined segment of exactly the datagram's size makes any read past its end an exception. */
    private static void refuse(SrtpPair pair, byte[] bytes, boolean rtcp) {
        try (var arena = Arena.ofConfined()) {
            var in = arena.allocate(Math.max(1, bytes.length)).asSlice(0, bytes.length);
            MemorySegment.copy(bytes, 0, in, ValueLayout.JAVA_BYTE, 0, bytes.length);
            var out = MemorySegment.ofArray(new byte[2048]);
            int result = rtcp
                    ? pair.receiver.openRtcp(in, 0, bytes.length, out, 0)
                    : pair.receiver.openRtp(in, 0, bytes.length, out, 0);
            assertTrue(result < 0);
        }
    }

    private static byte[] mutate(byte[] plain, SplittableRandom random) {
        var bytes = Arrays.copyOf(plain, random.nextInt(plain.length + 60));
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
