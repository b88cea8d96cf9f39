package dev.parley.sfu.wire;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Bytes for tests. */
public final class Segments {
    private Segments() {}

    /** The bytes of hexadecimal digits; blanks are ignored. */
    public static MemorySegment hex(String digits) {
        return MemorySegment.ofArray(HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
    }

    /** Changes 1–4 places of some bytes at random: flips, overwrites, or typical limit values. */
    public static void mutate(RandomGenerator random, byte[] bytes, int length) {
        for (int i = random.nextInt(1, 5); i > 0 && length > 0; i--) {
            int at = random.nextInt(length);
            bytes[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                case 1 -> (byte) random.nextInt();
                case 2 -> 0;
                default -> (byte) 0xff;
            };
        }
    }
}
