package dev.parley.sfu.engine.srtp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** How much memory malloc has given out: by mallinfo2(3) of the C library. */
final class NativeHeap {
    private static final MemoryLayout MALLINFO2 = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));
    /** The field uordblks: bytes in use, of all arenas. */
    private static final long USED = 7 * JAVA_LONG.byteSize();

    private static final MethodHandle MALLINFO = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().find("mallinfo2").orElseThrow(),
                    FunctionDescriptor.of(MALLINFO2));

    private NativeHeap() {}

    /** Bytes in use in this process, by whomever. */
    static long used() {
        try (var arena = Arena.ofConfined()) {
            var info = (MemorySegment) MALLINFO.invokeExact((SegmentAllocator) arena);
            return info.get(JAVA_LONG, USED);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
