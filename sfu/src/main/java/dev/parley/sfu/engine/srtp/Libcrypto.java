package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * OpenSSL 3's libcrypto, as much of it as SRTP needs. This class and {@code Native…} next to it are the only ones that
 * hand addresses to native code: everything above them has bounds-checked segments, and {@link #address} turns a
 * checked range of one into a number just before the call.
 *
 * <p>All calls are short and never block, so they are linked as critical: without a thread-state transition, which
 * costs more than the cipher does for a small packet. Pointers are {@code JAVA_LONG}, because a segment per argument
 * would be an allocation per packet.
 *
 * <p>Loading this class fails with an {@link ExceptionInInitializerError} where the library is missing;
 * {@link NativeCiphers#unavailable()} asks without failing.
 */
final class Libcrypto {
    static final String NAME = "libcrypto.so.3";

    /** Large enough for OpenSSL's SHA_CTX: five words of state, two of length, a block, a count (96 bytes). */
    static final int SHA_CTX_SIZE = 96;

    private static final int AEAD_GET_TAG = 0x10;
    private static final int AEAD_SET_TAG = 0x11;
    private static final int ENCRYPT = 1;
    private static final int KEEP = -1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = SymbolLookup.libraryLookup(NAME, Arena.global());

    private static final MethodHandle CTX_NEW = link("EVP_CIPHER_CTX_new", JAVA_LONG);
    private static final MethodHandle CTX_FREE =
            LINKER.downcallHandle(find("EVP_CIPHER_CTX_free"), FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle AES_128_GCM = link("EVP_aes_128_gcm", JAVA_LONG);
    private static final MethodHandle AES_256_GCM = link("EVP_aes_256_gcm", JAVA_LONG);
    private static final MethodHandle AES_128_CTR = link("EVP_aes_128_ctr", JAVA_LONG);
    private static final MethodHandle INIT =
            link("EVP_CipherInit_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle UPDATE =
            link("EVP_CipherUpdate", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FINAL = link("EVP_CipherFinal_ex", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CTRL =
            link("EVP_CIPHER_CTX_ctrl", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SHA1_INIT = link("SHA1_Init", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SHA1_UPDATE = link("SHA1_Update", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SHA1_FINAL = link("SHA1_Final", JAVA_INT, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle VERSION = link("OpenSSL_version", JAVA_LONG, JAVA_INT);
    private static final int VERSION_TEXT = 0;
    private static final int AES_128_KEY = 16;

    private Libcrypto() {}

    /** Name, version and date, such as {@code OpenSSL 3.0.22 25 Aug 2026}. */
    static String version() {
        try {
            long text = (long) VERSION.invokeExact(VERSION_TEXT);
            return MemorySegment.ofAddress(text).reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    private static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                find(name), FunctionDescriptor.of(result, arguments), Linker.Option.critical(false));
    }

    static MemorySegment find(String name) {
        return SYMBOLS.find(name).orElseThrow(() -> new UnsatisfiedLinkError(NAME + " has no " + name));
    }

    /**
     * The address of a range, once it was checked to lie inside a segment of native memory that is still alive. A wrong
     * offset ends here, in an exception.
     */
    static long address(MemorySegment segment, long offset, long length) {
        if (!segment.isNative() || !segment.scope().isAlive()) {
            throw new IllegalArgumentException("Native ciphers need native memory that was not freed");
        }
        Objects.checkFromIndexSize(offset, length, segment.byteSize());
        return segment.address() + offset;
    }

    /** A cipher context with its key set for good; a packet then sets only its IV. {@link #free} it. */
    static long gcm(byte[] key, boolean encrypt) {
        return switch (key.length) {
            case 16 -> context(AES_128_GCM, key, encrypt);
            case 32 -> context(AES_256_GCM, key, encrypt);
            default -> throw new IllegalArgumentException("AES-GCM has no keys of " + key.length + " bytes here");
        };
    }

    /** The same for AES-128 in counter mode, where encrypting and decrypting are one. */
    static long counterMode(byte[] key) {
        if (key.length != AES_128_KEY) {
            throw new IllegalArgumentException("AES-128 has no keys of " + key.length + " bytes");
        }
        return context(AES_128_CTR, key, true);
    }

    private static long context(MethodHandle algorithm, byte[] key, boolean encrypt) {
        long context = newContext();
        try {
            withCopy(key, copy -> check(init(context, algorithm, copy, encrypt)));
            return context;
        } catch (RuntimeException refused) {
            free(context);
            throw refused;
        }
    }

    private static long newContext() {
        try {
            long context = (long) CTX_NEW.invokeExact();
            check(context == 0 ? 0 : 1);
            return context;
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    private static int init(long context, MethodHandle algorithm, long key, boolean encrypt) {
        try {
            long cipher = (long) algorithm.invokeExact();
            return (int) INIT.invokeExact(context, cipher, 0L, key, 0L, encrypt ? ENCRYPT : 0);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** Lends the address of a copy of a key outside the heap, of which nothing is left afterwards. */
    static void withCopy(byte[] key, LongConsumer use) {
        try (var arena = Arena.ofConfined()) {
            var copy = arena.allocateFrom(JAVA_BYTE, key);
            try {
                use.accept(copy.address());
            } finally {
                copy.fill((byte) 0);
            }
        }
    }

    static void free(long context) {
        try {
            CTX_FREE.invokeExact(context);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** Starts a packet: the key stays, the IV is new. */
    static int iv(long context, long iv) {
        try {
            return (int) INIT.invokeExact(context, 0L, 0L, 0L, iv, KEEP);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** Encrypts or decrypts; with {@code out} 0 the input is associated data. {@code written} takes an int. */
    static int update(long context, long out, long written, long in, int length) {
        try {
            return (int) UPDATE.invokeExact(context, out, written, in, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** Ends a packet; when opening, 1 means that the tag is right. */
    static int end(long context, long out, long written) {
        try {
            return (int) FINAL.invokeExact(context, out, written);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    static int readTag(long context, long tag, int length) {
        return control(context, AEAD_GET_TAG, tag, length);
    }

    static int expectTag(long context, long tag, int length) {
        return control(context, AEAD_SET_TAG, tag, length);
    }

    private static int control(long context, int command, long tag, int length) {
        try {
            return (int) CTRL.invokeExact(context, command, length, tag);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    static int sha1Init(long state) {
        try {
            return (int) SHA1_INIT.invokeExact(state);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    static int sha1Update(long state, long in, long length) {
        try {
            return (int) SHA1_UPDATE.invokeExact(state, in, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    static int sha1Final(long state, long digest) {
        try {
            return (int) SHA1_FINAL.invokeExact(digest, state);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** Everything but opening a forged packet answers 1, or something is wrong with the library or with us. */
    static void check(int ok) {
        if (ok != 1) {
            throw new IllegalStateException("libcrypto refused a call");
        }
    }

    static RuntimeException rethrow(Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
