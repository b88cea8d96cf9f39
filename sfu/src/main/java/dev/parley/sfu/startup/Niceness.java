package dev.parley.sfu.startup;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.parley.sfu.udp.Posix;
import java.lang.invoke.MethodHandle;

/** How the kernel shares the processor between threads that all want it (setpriority(2)). Linux. */
final class Niceness {
    /** Of a process; but on Linux, with the number 0, of the calling thread alone. */
    private static final int PROCESS = 0;

    private static final int NICEST = 19;
    private static final MethodHandle SET =
            Posix.linkWithoutErrno("setpriority", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

    private Niceness() {}

    /** From now on the calling thread gets what the others leave. There is no way back without privileges. */
    static void last() {
        try {
            int ignored = (int) SET.invokeExact(PROCESS, 0, NICEST);
        } catch (Throwable failure) {
            throw Posix.rethrow(failure);
        }
    }
}
