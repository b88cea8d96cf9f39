package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.MemorySegment;

/**
 * The C library's socket addresses. The family is in the machine's byte order, everything else in the network's.
 *
 * <pre>
 * sockaddr_in   0: family 2 | 2: port 2 | 4: address 4  | 8: zero 8                       16 bytes
 * sockaddr_in6  0: family 2 | 2: port 2 | 4: flow 4     | 8: address 16 | 24: scope 4      28 bytes
 * </pre>
 *
 * An IPv6 socket that serves both families sees IPv4 as mapped IPv6, which is how {@link TransportAddress} holds it.
 */
final class SocketAddress {
    /** Room for either, so that entries of an array stay aligned. */
    static final int SIZE = 32;

    static final int SIZE_V4 = 16;
    static final int SIZE_V6 = 28;
    private static final long MAPPED = 0x0000_ffff_0000_0000L;

    private SocketAddress() {}

    static int length(int family) {
        return family == Posix.AF_INET ? SIZE_V4 : SIZE_V6;
    }

    static void write(MemorySegment memory, long at, int family, TransportAddress address) {
        memory.set(JAVA_SHORT_UNALIGNED, at, (short) family);
        Bytes.put16(memory, at + 2, address.port());
        if (family == Posix.AF_INET) {
            Bytes.put32(memory, at + 4, address.low());
            Bytes.put64(memory, at + 8, 0);
        } else {
            Bytes.put32(memory, at + 4, 0);
            Bytes.put64(memory, at + 8, address.high());
            Bytes.put64(memory, at + 16, address.low());
            Bytes.put32(memory, at + 24, 0);
        }
    }

    static int port(MemorySegment memory, long at) {
        return Bytes.u16(memory, at + 2);
    }

    static long high(MemorySegment memory, long at) {
        return isV4(memory, at) ? 0 : Bytes.i64(memory, at + 8);
    }

    static long low(MemorySegment memory, long at) {
        return isV4(memory, at) ? MAPPED | Bytes.u32(memory, at + 4) : Bytes.i64(memory, at + 16);
    }

    private static boolean isV4(MemorySegment memory, long at) {
        return memory.get(JAVA_SHORT_UNALIGNED, at) == Posix.AF_INET;
    }
}
