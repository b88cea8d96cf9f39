package dev.parley.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small damage to a valid input: most of a parser's mistakes are close to what it accepts. */
public final class Mutations {
    private static final byte[] TOKENS = "0123456789-,/[]{}\":b\u001e\\\"_=".getBytes(StandardCharsets.US_ASCII);

    private Mutations() {}

    /** A copy of the seed with one to four changes. */
    public static byte[] of(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, at + random.nextInt(4));
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 8);
            out.write(bytes, 0, at);
            switch (random.nextInt(5)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write(TOKENS[random.nextInt(TOKENS.length)]);
                case 2 -> at = to;
                case 3 -> out.write(bytes, at, to - at);
                default -> {
                    if (at < bytes.length) {
                        out.write(bytes[at] ^ (1 << random.nextInt(8)));
                        at++;
                    }
                }
            }
            out.write(bytes, at, bytes.length - at);
            bytes = out.toByteArray();
        }
        return bytes;
    }
}
