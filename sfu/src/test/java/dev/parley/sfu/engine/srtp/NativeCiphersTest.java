package dev.parley.sfu.engine.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The native ciphers against the JDK's: the same bytes for the same packets, in both directions. */
final class NativeCiphersTest {
    private static final int HEADER = 20;
    private static final int SSRC = 0xcafe_babe;

    private final Arena arena = Arena.ofConfined();
    private final Random random = new Random(42);
    private final MemorySegment a = arena.allocate(4096);
    private final MemorySegment b = arena.allocate(4096);
    private final MemorySegment payload = arena.allocate(4096);

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void areThereWhereTheTestsRun() {
        assertEquals(Optional.empty(), SrtpProvider.NATIVE.unavailable());
    }

    @Test
    void sayWhichLibraryTheyAreAndWhichWayTheyGo() {
        assertTrue(NativeCiphers.description().matches("OpenSSL 3\\..*, AES-GCM by the provider's own functions"), NativeCiphers.description());
        assertEquals(
                "OpenSSL 4, AES-GCM through EVP, some 0.1 µs a packet dearer than the provider's own functions (it has no AES-128-GCM)",
                NativeCiphers.description("OpenSSL 4", Optional.of("it has no AES-128-GCM")));
    }

    @ParameterizedTest
    @EnumSource
    void sealRtpToTheSameBytesAsTheJdk(SrtpProfile profile) {
        var keys = keys(profile);
        var java = SrtpProvider.JAVA.cipher(profile, keys[0], keys[1], true);
        var nativeCipher = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], true);
        for (int i = 0; i < 2_000; i++) {
            int prefix = random.nextInt(20);
            int length = random.nextInt(1_400);
            long index = random.nextLong(1L << 48);
            fill(a);
            fill(payload);
            b.copyFrom(a);
            java.sealRtp(a, 3, HEADER, prefix, payload, 5, length, SSRC, index);
            nativeCipher.sealRtp(b, 3, HEADER, prefix, payload, 5, length, SSRC, index);
            assertSame(HEADER + prefix + length + java.tagLength() + 10);
        }
        nativeCipher.close();
    }

    @ParameterizedTest
    @EnumSource
    void openWhatTheJdkSealedAndRefuseItWithOneBitChanged(SrtpProfile profile) {
        var keys = keys(profile);
        var java = SrtpProvider.JAVA.cipher(profile, keys[0], keys[1], true);
        var nativeCipher = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], false);
        for (int i = 0; i < 500; i++) {
            int length = random.nextInt(1_400);
            long index = random.nextLong(1L << 48);
            fill(a);
            fill(payload);
            java.sealRtp(a, 0, HEADER, 0, payload, 0, length, SSRC, index);
            int sealed = HEADER + length + java.tagLength();
            assertTrue(nativeCipher.openRtp(a, 0, HEADER, sealed, SSRC, index, b, 7));
            assertEquals(hex(a, 0, HEADER), hex(b, 7, HEADER));
            assertEquals(hex(payload, 0, length), hex(b, 7 + HEADER, length));
            int at = random.nextInt(sealed);
            a.set(ValueLayout.JAVA_BYTE, at, (byte) (a.get(ValueLayout.JAVA_BYTE, at) ^ 1 << random.nextInt(8)));
            assertFalse(nativeCipher.openRtp(a, 0, HEADER, sealed, SSRC, index, b, 7));
        }
        nativeCipher.close();
    }

    @ParameterizedTest
    @EnumSource
    void openInPlace(SrtpProfile profile) {
        var keys = keys(profile);
        var sealer = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], true);
        var opener = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], false);
        fill(a);
        fill(payload);
        sealer.sealRtp(a, 0, HEADER, 0, payload, 0, 100, SSRC, 7);
        assertTrue(opener.openRtp(a, 0, HEADER, HEADER + 100 + sealer.tagLength(), SSRC, 7, a, 0));
        assertEquals(hex(payload, 0, 100), hex(a, HEADER, 100));
        sealer.close();
        opener.close();
    }

    @ParameterizedTest
    @EnumSource
    void sealAndOpenRtcpAsTheJdkDoes(SrtpProfile profile) {
        var keys = keys(profile);
        var java = SrtpProvider.JAVA.cipher(profile, keys[0], keys[1], true);
        var sealer = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], true);
        var opener = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], false);
        for (int i = 0; i < 500; i++) {
            int length = 8 + 4 * random.nextInt(300);
            int index = random.nextInt(Integer.MAX_VALUE);
            fill(a);
            b.copyFrom(a);
            String plain = hex(a, 0, length);
            java.sealRtcp(a, 0, length, SSRC, index);
            sealer.sealRtcp(b, 0, length, SSRC, index);
            int sealed = length + java.tagLength() + 4;
            assertSame(sealed + 10);
            assertTrue(opener.openRtcp(a, 0, sealed, SSRC, true, index, b, 0));
            assertEquals(plain, hex(b, 0, length));
            int at = random.nextInt(sealed - 4);
            a.set(ValueLayout.JAVA_BYTE, at, (byte) (a.get(ValueLayout.JAVA_BYTE, at) ^ 1 << random.nextInt(8)));
            assertFalse(opener.openRtcp(a, 0, sealed, SSRC, true, index, b, 0));
        }
        sealer.close();
        opener.close();
    }

    @ParameterizedTest
    @EnumSource
    void endInAnExceptionWhenAnOffsetIsWrongOrTheMemoryIsGone(SrtpProfile profile) {
        var keys = keys(profile);
        var cipher = SrtpProvider.NATIVE.cipher(profile, keys[0], keys[1], true);
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> cipher.sealRtp(a, 4090, HEADER, 0, payload, 0, 100, SSRC, 1));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> cipher.sealRtp(a, 0, HEADER, 0, payload, 4090, 100, SSRC, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> cipher.sealRtp(MemorySegment.ofArray(new byte[4096]), 0, HEADER, 0, payload, 0, 9, SSRC, 1));
        MemorySegment freed;
        try (var local = Arena.ofConfined()) {
            freed = local.allocate(4096);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> cipher.sealRtp(freed, 0, HEADER, 0, payload, 0, 100, SSRC, 1));
        cipher.close();
        cipher.close();
        assertThrows(
                IllegalStateException.class, () -> cipher.sealRtp(a, 0, HEADER, 0, payload, 0, 100, SSRC, 1));
    }

    private SessionKeys[] keys(SrtpProfile profile) {
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        random.nextBytes(key);
        random.nextBytes(salt);
        return new SessionKeys[] {SessionKeys.rtp(profile, key, salt), SessionKeys.rtcp(profile, key, salt)};
    }

    private void fill(MemorySegment segment) {
        byte[] bytes = new byte[(int) segment.byteSize()];
        random.nextBytes(bytes);
        segment.copyFrom(MemorySegment.ofArray(bytes));
    }

    private void assertSame(int length) {
        assertEquals(-1, MemorySegment.mismatch(a, 0, length, b, 0, length));
    }

    private static String hex(MemorySegment segment, long offset, long length) {
        return HexFormat.of().formatHex(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }
}
