package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Tells which of many descriptors have something to read (epoll, level-triggered). For one thread.
 *
 * <pre>
 * epoll_event  0: events 4 | data 8        12 bytes, packed, on x86-64; elsewhere data is at 8, 16 bytes
 * </pre>
 */
final class Epoll {
    private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");
    private static final int EVENT = PACKED ? 12 : 16;
    private static final int DATA = PACKED ? 4 : 8;
    private static final int EPOLLIN = 1;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CLOEXEC = 0x80000;

    private static final MethodHandle CREATE = Posix.link("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle CONTROL =
            Posix.link("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle WAIT =
            Posix.link("epoll_wait", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);

    private final MemorySegment state;
    private final MemorySegment events;
    private final int capacity;
    private final int fd;

    /** @param capacity how many ready descriptors one call tells; the memory is the arena's */
    Epoll(int capacity, Arena arena) throws IOException {
        this.capacity = capacity;
        state = arena.allocate(Linker.Option.captureStateLayout());
        events = arena.allocate((long) capacity * EVENT, 8);
        try {
            fd = (int) CREATE.invokeExact(state, EPOLL_CLOEXEC);
        } catch (Throwable failure) {
            throw Posix.rethrow(failure);
        }
        if (fd < 0) {
            throw new IOException("epoll_create1 failed: too many open files?");
        }
    }

    /** Its own descriptor, which is readable when one of the others is. */
    int fd() {
        return fd;
    }

    /** Watches a descriptor until it is closed. @param data what {@link #ready} tells then */
    boolean add(int descriptor, long data) {
        events.set(JAVA_INT, 0, EPOLLIN);
        events.set(JAVA_LONG_UNALIGNED, DATA, data);
        try {
            return (int) CONTROL.invokeExact(state, fd, EPOLL_CTL_ADD, descriptor, events.address()) == 0;
        } catch (Throwable failure) {
            throw Posix.rethrow(failure);
        }
    }

    /** How many descriptors are readable now; does not wait. */
    int poll() {
        try {
            return (int) WAIT.invokeExact(state, fd, events.address(), capacity, 0);
        } catch (Throwable failure) {
            throw Posix.rethrow(failure);
        }
    }

    /** Which one it is. @param index from 0 */
    long ready(int index) {
        return events.get(JAVA_LONG_UNALIGNED, (long) index * EVENT + DATA);
    }
}
