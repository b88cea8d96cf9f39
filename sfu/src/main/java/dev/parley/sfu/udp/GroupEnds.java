package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The local ends of a {@link PosixUdpGroup} by their numbers, and the sockets behind them: one of its own for each, or
 * one that several share, told apart by their loopback addresses. The number of a closed end is used again. For one
 * thread.
 */
final class GroupEnds {
    private static final int BUFFER = 1 << 20;
    /** What marks the number of a shared socket among those of sockets that are one end's. */
    private static final long SHARED = 1L << 32;

    private final Posix posix;
    private final Epoll epoll;
    private final MemorySegment one;
    private @Nullable End[] ends = new End[64];
    private final List<@Nullable SharedSocket> shared = new ArrayList<>();
    private final LoopbackEnds loopback = new LoopbackEnds();

    /** What a number stands for. @param address its own, of those who share the socket; else 0 */
    private record End(PosixSocket socket, int address, int sharing) {}

    /** @param epoll is told of each socket */
    GroupEnds(Posix posix, Epoll epoll, Arena arena) {
        this.posix = posix;
        this.epoll = epoll;
        one = arena.allocateFrom(JAVA_INT, 1);
    }

    /** Opens a socket on any free port of a local address. @return the end's number */
    int open(InetAddress local) throws IOException {
        int number = freeNumber();
        var socket = PosixSocket.open(posix, local, 0, BUFFER, false);
        watch(socket, number);
        ends[number] = new End(socket, 0, 0);
        return number;
    }

    /** Opens an end with a loopback address of its own in a shared socket. @return its number */
    int openOnLoopback() throws IOException {
        int number = freeNumber();
        int sharing = sharing();
        var socket = Objects.requireNonNull(shared.get(sharing));
        socket.enter();
        ends[number] = new End(socket.socket(), loopback.take(number), sharing);
        return number;
    }

    private int sharing() throws IOException {
        int free = shared.size();
        for (int i = 0; i < shared.size(); i++) {
            var known = shared.get(i);
            if (known != null && known.hasRoom()) {
                return i;
            }
            free = known == null ? i : free;
        }
        var made = SharedSocket.open(posix);
        watch(made.socket(), SHARED | free);
        if (free == shared.size()) {
            shared.add(made);
        } else {
            shared.set(free, made);
        }
        return free;
    }

    private void watch(PosixSocket socket, long data) throws IOException {
        posix.setOption(socket.fd(), Posix.SOL_SOCKET, KernelNotes.SO_TIMESTAMPNS, one.address(), 4);
        if (!epoll.add(socket.fd(), data)) {
            posix.close(socket.fd());
            throw new IOException("epoll_ctl failed");
        }
    }

    private int freeNumber() {
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] == null) {
                return i;
            }
        }
        int number = ends.length;
        ends = Arrays.copyOf(ends, 2 * number);
        return number;
    }

    /** Closes one end; nothing when it is closed. */
    void close(int number) {
        var end = ends[number];
        if (end == null) {
            return;
        }
        ends[number] = null;
        if (end.address == 0) {
            posix.close(end.socket.fd());
            return;
        }
        loopback.free(end.address);
        if (Objects.requireNonNull(shared.get(end.sharing)).leave()) {
            shared.set(end.sharing, null);
            posix.close(end.socket.fd());
        }
    }

    void closeAll() {
        for (int i = 0; i < ends.length; i++) {
            close(i);
        }
    }

    /** The socket through which an end sends; null when it is closed. */
    @Nullable PosixSocket socket(int number) {
        var end = ends[number];
        return end == null ? null : end.socket;
    }

    /** The loopback address of an end, 0 when it has a socket of its own or is closed. */
    int address(int number) {
        var end = ends[number];
        return end == null ? 0 : end.address;
    }

    /** Whose a loopback address is; {@link LoopbackEnds#NOBODY} for one that is not taken. */
    int whose(int address) {
        return loopback.end(address);
    }

    /** The socket that epoll means by its data; null when it was closed. */
    @Nullable PosixSocket ready(long data) {
        if ((data & SHARED) == 0) {
            return socket((int) data);
        }
        var sharing = shared.get((int) data);
        return sharing == null ? null : sharing.socket();
    }

    /** Whose all datagrams of that socket are; {@link LoopbackEnds#NOBODY} for a shared one. */
    int owner(long data) {
        return (data & SHARED) == 0 ? (int) data : LoopbackEnds.NOBODY;
    }

    /** How many sockets there are. */
    int sockets() {
        int own = 0;
        for (var end : ends) {
            own += end != null && end.address == 0 ? 1 : 0;
        }
        return own + (int) shared.stream().filter(Objects::nonNull).count();
    }
}
