package dev.parley.sfu.testing;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Not secure at all: repeats itself by its seed, where the engine asks for a {@link SecureRandom}. */
public final class SeededSecureRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient SplittableRandom random;

    /** The same numbers for the same seed. */
    public SeededSecureRandom(long seed) {
        super(null, null);
        random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        // The superclass's constructor may call this before the field is set.
        if (random != null) {
            random.nextBytes(bytes);
        }
    }

    @Override
    public byte[] generateSeed(int length) {
        var bytes = new byte[length];
        nextBytes(bytes);
        return bytes;
    }
}
