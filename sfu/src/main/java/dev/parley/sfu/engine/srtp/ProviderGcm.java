package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

/**
 * AES-GCM at the functions of libcrypto's provider themselves (OpenSSL 3; provider-cipher(7)), as EVP calls them. EVP
 * asks for the IV's length before each packet and translates the question for the tag, both by comparing names, which
 * costs about 0.1 µs a packet. The functions are found through the public way, {@code OSSL_PROVIDER_query_operation} of
 * provider(3), and their numbers and signatures are part of OpenSSL's binary interface.
 *
 * <p>Loading this class fails where any of that is different; {@link Gcm} then goes through EVP.
 */
final class ProviderGcm {
    private static final int OPERATION_CIPHER = 2;
    // core_dispatch.h
    private static final int NEW_CONTEXT = 1;
    private static final int ENCRYPT_INIT = 2;
    private static final int DECRYPT_INIT = 3;
    private static final int UPDATE = 4;
    private static final int FINAL = 5;
    private static final int FREE_CONTEXT = 7;
    private static final int GET_CONTEXT_PARAMETERS = 10;
    private static final int SET_CONTEXT_PARAMETERS = 11;
    private static final List<Integer> SHARED = List.of(
            ENCRYPT_INIT, DECRYPT_INIT, UPDATE, FINAL, FREE_CONTEXT, GET_CONTEXT_PARAMETERS, SET_CONTEXT_PARAMETERS);
    /** An OSSL_ALGORITHM: names, properties, the dispatch table, a description. */
    private static final int ALGORITHM = 32;

    private static final int NAMES = 0;
    private static final int TABLE = 16;
    /** An OSSL_DISPATCH: a number, and the function. */
    private static final int ENTRY = 16;

    private static final int FUNCTION = 8;

    /** Bytes of an OSSL_PARAM and of the one with which a list ends. */
    static final int PARAMETERS = 80;

    private static final int PARAMETER_TYPE = 8;
    private static final int PARAMETER_DATA = 16;
    private static final int PARAMETER_SIZE = 24;
    private static final int OCTET_STRING = 5;
    private static final int TAG = 16;
    private static final MemorySegment TAG_NAME = Arena.global().allocateFrom("tag");

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle NEW_128;
    private static final MethodHandle NEW_256;
    private static final MethodHandle ENCRYPT;
    private static final MethodHandle DECRYPT;
    private static final MethodHandle CRYPT;
    private static final MethodHandle END;
    private static final MethodHandle FREE;
    private static final MethodHandle GET;
    private static final MethodHandle SET;
    private static final long PROVIDER;

    static {
        try {
            var fetch = find("EVP_CIPHER_fetch", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            var providerOf = find("EVP_CIPHER_get0_provider", JAVA_LONG, JAVA_LONG);
            var query = find("OSSL_PROVIDER_query_operation", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
            var contextOf = find("OSSL_PROVIDER_get0_provider_ctx", JAVA_LONG, JAVA_LONG);
            try (var arena = Arena.ofConfined()) {
                // Never given back: so the provider stays.
                long cipher = (long) fetch.invokeExact(0L, arena.allocateFrom("AES-128-GCM").address(), 0L);
                long provider = (long) providerOf.invokeExact(present(cipher, "AES-128-GCM"));
                long algorithms = (long) query.invokeExact(
                        present(provider, "provider"), OPERATION_CIPHER, arena.allocate(JAVA_INT).address());
                PROVIDER = present((long) contextOf.invokeExact(provider), "provider context");
                var small = table(present(algorithms, "ciphers"), "AES-128-GCM");
                var large = table(algorithms, "AES-256-GCM");
                for (int number : SHARED) {
                    if (function(small, number) != function(large, number)) {
                        throw new IllegalStateException("AES-128-GCM and AES-256-GCM share no functions");
                    }
                }
                NEW_128 = link(small, NEW_CONTEXT, JAVA_LONG, JAVA_LONG);
                NEW_256 = link(large, NEW_CONTEXT, JAVA_LONG, JAVA_LONG);
                MemoryLayout[] init = {JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG};
                ENCRYPT = link(small, ENCRYPT_INIT, JAVA_INT, init);
                DECRYPT = link(small, DECRYPT_INIT, JAVA_INT, init);
                CRYPT = link(small, UPDATE, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
                END = link(small, FINAL, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
                FREE = LINKER.downcallHandle(
                        MemorySegment.ofAddress(function(small, FREE_CONTEXT)), FunctionDescriptor.ofVoid(JAVA_LONG));
                GET = link(small, GET_CONTEXT_PARAMETERS, JAVA_INT, JAVA_LONG, JAVA_LONG);
                SET = link(small, SET_CONTEXT_PARAMETERS, JAVA_INT, JAVA_LONG, JAVA_LONG);
            }
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    private ProviderGcm() {}

    private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(Libcrypto.find(name), FunctionDescriptor.of(result, arguments));
    }

    private static long present(long address, String what) {
        if (address == 0) {
            throw new IllegalStateException("libcrypto has no " + what);
        }
        return address;
    }

    /** The dispatch table of an algorithm, of which a provider may have several names with colons between. */
    private static MemorySegment table(long algorithms, String name) {
        var list = MemorySegment.ofAddress(algorithms).reinterpret(Long.MAX_VALUE);
        for (long at = 0; list.get(JAVA_LONG, at + NAMES) != 0; at += ALGORITHM) {
            var names = MemorySegment.ofAddress(list.get(JAVA_LONG, at + NAMES))
                    .reinterpret(Long.MAX_VALUE)
                    .getString(0);
            if (Arrays.asList(names.split(":")).contains(name)) {
                return MemorySegment.ofAddress(list.get(JAVA_LONG, at + TABLE)).reinterpret(Long.MAX_VALUE);
            }
        }
        throw new IllegalStateException("the provider has no " + name);
    }

    private static long function(MemorySegment table, int number) {
        for (long at = 0; table.get(JAVA_INT, at) != 0; at += ENTRY) {
            if (table.get(JAVA_INT, at) == number) {
                return table.get(JAVA_LONG, at + FUNCTION);
            }
        }
        throw new IllegalStateException("the provider's cipher has no function " + number);
    }

    private static MethodHandle link(MemorySegment table, int number, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                MemorySegment.ofAddress(function(table, number)),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.critical(false));
    }

    /**
     * A context with its key set for good. {@link #free} it.
     *
     * @throws IllegalStateException when libcrypto refuses the key; nothing is left to free then
     */
    static long context(byte[] key, boolean encrypt) {
        long context = newContext(key.length);
        try {
            Libcrypto.withCopy(key, copy -> Libcrypto.check(init(context, encrypt, copy, key.length, 0, 0)));
            return context;
        } catch (RuntimeException refused) {
            free(context);
            throw refused;
        }
    }

    private static long newContext(int keyLength) {
        try {
            long context = keyLength == 16
                    ? (long) NEW_128.invokeExact(PROVIDER)
                    : (long) NEW_256.invokeExact(PROVIDER);
            return present(context, "memory for a context");
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    static void free(long context) {
        try {
            FREE.invokeExact(context);
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    /** Starts a packet: the key stays, the IV is new. */
    static int start(long context, boolean encrypt, long iv, int length) {
        return init(context, encrypt, 0, 0, iv, length);
    }

    private static int init(long context, boolean encrypt, long key, long keyLength, long iv, long ivLength) {
        try {
            return encrypt
                    ? (int) ENCRYPT.invokeExact(context, key, keyLength, iv, ivLength, 0L)
                    : (int) DECRYPT.invokeExact(context, key, keyLength, iv, ivLength, 0L);
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    /** As {@link Libcrypto#update}, but {@code written} takes a long. */
    static int update(long context, long out, long written, long in, int length) {
        try {
            return (int) CRYPT.invokeExact(context, out, written, (long) length, in, (long) length);
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    /** As {@link Libcrypto#end}, but {@code written} takes a long. */
    static int end(long context, long out, long written) {
        try {
            return (int) END.invokeExact(context, out, written, (long) TAG);
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    /** Prepares {@value #PARAMETERS} bytes for {@link #readTag} and {@link #expectTag}. */
    static void prepare(MemorySegment parameters) {
        parameters.fill((byte) 0);
        parameters.set(JAVA_LONG, 0, TAG_NAME.address());
        parameters.set(JAVA_INT, PARAMETER_TYPE, OCTET_STRING);
        parameters.set(JAVA_LONG, PARAMETER_SIZE, TAG);
    }

    static int readTag(long context, MemorySegment parameters, long tag) {
        parameters.set(JAVA_LONG, PARAMETER_DATA, tag);
        try {
            return (int) GET.invokeExact(context, parameters.address());
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }

    static int expectTag(long context, MemorySegment parameters, long tag) {
        parameters.set(JAVA_LONG, PARAMETER_DATA, tag);
        try {
            return (int) SET.invokeExact(context, parameters.address());
        } catch (Throwable failure) {
            throw Libcrypto.rethrow(failure);
        }
    }
}
