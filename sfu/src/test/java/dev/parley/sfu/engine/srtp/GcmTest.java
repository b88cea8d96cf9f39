package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways into libcrypto, with both lengths of keys, against the JDK. */
final class GcmTest {
    private static final int HEADER = 20;
    private static final int ROUNDS = 500;
    private static final int REFUSED = 50_000;
    private static final int ATTEMPTS = 5;

    private final Arena arena = Arena.ofConfined();
    private final Random random = new Random(7);

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @CsvSource({"16,true", "32,true", "16,false", "32,false"})
    void sealsAndOpensAsTheJdkDoes(int keyLength, boolean direct) throws Exception {
        var key = bytes(keyLength);
        var sealing = new Gcm(arena, key, true, direct);
        var opening = new Gcm(arena, key, false, direct);
        for (int i = 0; i < ROUNDS; i++) {
            var iv = bytes(12);
            var header = bytes(HEADER);
            var plain = bytes(random.nextInt(1_300));
            var expected = jdk(key, iv, header, plain);

            var out = arena.allocate(expected.length + 1L);
            sealing.start(put(iv));
            assertEquals(1, sealing.authenticate(put(header), HEADER));
            assertEquals(1, sealing.update(out.address(), put(plain), plain.length));
            assertEquals(1, sealing.seal(out.address() + plain.length));
            assertArrayEquals(expected, Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), expected.length));

            assertArrayEquals(plain, open(opening, iv, header, expected, true));
            expected[random.nextInt(expected.length)] ^= (byte) (1 << random.nextInt(8));
            open(opening, iv, header, expected, false);
        }
        sealing.close();
        opening.close();
        opening.close();
        assertThrows(IllegalStateException.class, () -> sealing.start(put(bytes(12))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyThatIsRefusedLeavesNothingBehind(boolean direct) {
        var key = new byte[24]; // AES has them, SRTP does not
        assertRefused(key, direct);
        // The JVM's compilers take memory as well, now and then; what is not given back is missing each time.
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least >= REFUSED * 100L; attempt++) {
            long before = NativeHeap.used();
            for (int i = 0; i < REFUSED; i++) {
                assertRefused(key, direct);
            }
            least = Math.min(least, NativeHeap.used() - before);
        }
        assertTrue(least < REFUSED * 100L, least + " bytes more than before"); // a context has nearly 1,000
    }

    private static void assertRefused(byte[] key, boolean direct) {
        assertThrows(RuntimeException.class, () -> context(key, direct));
    }

    private static long context(byte[] key, boolean direct) {
        return direct ? ProviderGcm.context(key, true) : Libcrypto.gcm(key, true);
    }

    private byte[] open(Gcm opening, byte[] iv, byte[] header, byte[] sealed, boolean right) {
        int length = sealed.length - Gcm.TAG;
        var out = arena.allocate(length + 1L);
        long in = put(sealed);
        opening.start(put(iv));
        assertEquals(1, opening.expect(in + length));
        assertEquals(1, opening.authenticate(put(header), HEADER));
        assertEquals(1, opening.update(out.address(), in, length));
        assertEquals(right, opening.open(out.address() + length));
        return Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), length);
    }

    private static byte[] jdk(byte[] key, byte[] iv, byte[] header, byte[] plain) throws Exception {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
        cipher.updateAAD(header);
        return cipher.doFinal(plain);
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private long put(byte[] bytes) {
        var memory = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return memory.address();
    }
}
