package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A descriptor that becomes readable when a time is over (timerfd, Linux 2.6.25), for a thread that waits for others as
 * well.
 *
 * <p>A wait with a time limit of its own starts a timer and stops it again, each of which, in a virtual machine, can
 * mean to leave it. A lane waits after almost every turn, and its next timer is hardly ever earlier than it was before
 * that turn. So the alarm is set only when it has to ring earlier than it would; that it rings too early now and then
 * is one idle turn.
 *
 * <p>Times are those of {@link System#nanoTime}. One thread.
 */
final class Alarm {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** An itimerspec: two times of 16 bytes, of which the first is for alarms that repeat. */
    private static final int TIMES = 32;

    private static final int SECONDS = 16;
    private static final int NANOS = 24;

    private static final MethodHandle CREATE = Posix.linkWithoutErrno("timerfd_create", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SET =
            Posix.linkWithoutErrno("timerfd_settime", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private final MemorySegment times;
    private final MemorySegment rings;
    private final int fd;
    private boolean set;
    private long due;

    /** Not set. @param arena has its memory */
    Alarm(Arena arena) throws IOException {
        times = arena.allocate(TIMES, 8);
        rings = arena.allocate(8, 8);
        try {
            fd = (int) CREATE.invokeExact(CLOCK_MONOTONIC, NONBLOCK_CLOEXEC);
        } catch (Throwable failure) {
            throw Posix.rethrow(failure);
        }
        if (fd < 0) {
            throw new IOException("timerfd_create failed: too many open files?");
        }
    }

    /** To wait for; closing it is the caller's. */
    int fd() {
        return fd;
    }

    /** It rings when this time is over, or before. @param nanos more than 0 */
    void ringWithin(long now, long nanos) {
        long wanted = Math.min(nanos, LONGEST_NANOS);
        if (set && due - now <= wanted) {
            return;
        }
        set = true;
        due = now + wanted;
        times.set(JAVA_LONG, SECONDS, wanted / NANOS_PER_SECOND);
        times.set(JAVA_LONG, NANOS, wanted % NANOS_PER_SECOND);
        try {
            int ignored = (int) SET.invokeExact(fd, 0, times.address(), 0L);
        } catch (Throwable failure) {
            throw Posix.rethrow(failure);
        }
    }

    /** It rang: it is not set any more. */
    void rang(Posix posix) {
        posix.read(fd, rings.address(), rings.byteSize());
        set = false;
    }
}
