package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * The system calls that the native media port needs, on 64-bit Linux. Addresses come in as numbers: the classes that
 * call this one ({@link MessageVector}, {@link PosixSocket}, {@link PosixUdpPort}) take them from segments whose bounds
 * they know.
 *
 * <p>These calls may block or take long, so they are linked with the usual thread-state transition, and they keep errno
 * in a segment of the calling thread's own: one instance belongs to one thread.
 */
public final class Posix {
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int EADDRINUSE = 98;
    static final int EADDRNOTAVAIL = 99;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int MSG_DONTWAIT = 0x40;
    private static final int EVENT_NONBLOCK_CLOEXEC = 0x800 | 0x80000;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_KEPT = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = link("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = link("bind", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = link("getsockname", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SETSOCKOPT =
            link("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            link("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RECVMMSG =
            link("recvmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SENDMMSG = link("sendmmsg", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = link("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle PPOLL =
            link("ppoll", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle READ = link("read", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CLOSE = link("close", JAVA_INT, JAVA_INT);

    /** Without errno, because any thread may wake a lane. */
    private static final MethodHandle WRITE = linkWithoutErrno("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private final MemorySegment state;

    /**
     * For one thread. The memory is the collector's to free: of a shared arena every call would take and give back a
     * guard by two atomic operations.
     */
    Posix() {
        state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    }

    /** Whether this is a system whose structures are laid out as this package writes them. */
    static boolean isSupported() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        return os.contains("linux") && (architecture.equals("amd64") || architecture.equals("aarch64"));
    }

    static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(find(name), FunctionDescriptor.of(result, arguments), ERRNO_KEPT);
    }

    /** For calls whose errno nobody asks for: keeping it makes a little garbage as long as the call is interpreted. */
    public static MethodHandle linkWithoutErrno(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(find(name), FunctionDescriptor.of(result, arguments));
    }

    private static MemorySegment find(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
    }

    /** The errno of this instance's last failed call. */
    int errno() {
        return (int) ERRNO.get(state, 0L);
    }

    int socket(int family) {
        try {
            return (int) SOCKET.invokeExact(state, family, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int bind(int fd, long address, int length) {
        try {
            return (int) BIND.invokeExact(state, fd, address, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int socketName(int fd, long address, long length) {
        try {
            return (int) GETSOCKNAME.invokeExact(state, fd, address, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int setOption(int fd, int level, int option, long value, int length) {
        try {
            return (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** The value of an option that is a number; 0 when there is none. */
    int option(int fd, int level, int option) {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocateFrom(JAVA_INT, 0, 4);
            long length = value.address() + 4;
            int ignored = (int) GETSOCKOPT.invokeExact(state, fd, level, option, value.address(), length);
            return value.get(JAVA_INT, 0);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int receive(int fd, long messages, int count) {
        try {
            return (int) RECVMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT, 0L);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int send(int fd, long messages, int count) {
        try {
            return (int) SENDMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int event() {
        try {
            return (int) EVENTFD.invokeExact(state, 0, EVENT_NONBLOCK_CLOEXEC);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    int poll(long descriptors, int count, long timeout) {
        try {
            return (int) PPOLL.invokeExact(state, descriptors, (long) count, timeout, 0L);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    long read(int fd, long buffer, long length) {
        try {
            return (long) READ.invokeExact(state, fd, buffer, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /** Any thread. */
    static void write(int fd, long buffer, long length) {
        try {
            long ignored = (long) WRITE.invokeExact(fd, buffer, length);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    void close(int fd) {
        try {
            int ignored = (int) CLOSE.invokeExact(state, fd);
        } catch (Throwable failure) {
            throw rethrow(failure);
        }
    }

    /**
     * What a call of a linked function threw, as something that its caller may throw: none throws checked exceptions.
     */
    public static RuntimeException rethrow(Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
