package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * One bound UDP socket.
 *
 * @param fd the file descriptor
 * @param family AF_INET or AF_INET6
 * @param port the port that it is bound to
 */
record PosixSocket(int fd, int family, int port) {
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;

    /**
     * Opens and binds a socket. The IPv6 wildcard serves IPv4 too.
     *
     * @param shared whether other sockets of this process share the port (SO_REUSEPORT)
     * @throws BindException when the port is taken or the address is not this machine's
     */
    static PosixSocket open(Posix posix, InetAddress address, int port, int bufferSize, boolean shared)
            throws IOException {
        int family = address instanceof Inet4Address ? Posix.AF_INET : Posix.AF_INET6;
        int fd = posix.socket(family);
        if (fd < 0) {
            throw new IOException("Opening a UDP socket failed with errno " + posix.errno());
        }
        try (var arena = Arena.ofConfined()) {
            option(posix, arena, fd, Posix.SOL_SOCKET, Posix.SO_RCVBUF, bufferSize);
            option(posix, arena, fd, Posix.SOL_SOCKET, Posix.SO_SNDBUF, bufferSize);
            if (shared) {
                option(posix, arena, fd, Posix.SOL_SOCKET, Posix.SO_REUSEPORT, 1);
            }
            if (family == Posix.AF_INET6) {
                option(posix, arena, fd, Posix.IPPROTO_IPV6, Posix.IPV6_V6ONLY, address.isAnyLocalAddress() ? 0 : 1);
            }
            return new PosixSocket(fd, family, bind(posix, arena, fd, family, TransportAddress.of(address, port)));
        } catch (IOException | RuntimeException failure) {
            posix.close(fd);
            throw failure;
        }
    }

    /** Lets other sockets of this process bind the same port from now on. */
    void share(Posix posix) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var on = arena.allocateFrom(JAVA_INT, 1);
            if (posix.setOption(fd, Posix.SOL_SOCKET, Posix.SO_REUSEPORT, on.address(), 4) != 0) {
                throw new IOException("SO_REUSEPORT failed with errno " + posix.errno());
            }
        }
    }

    /** Hands the kernel a program that chooses among the sockets of this port; from any thread. */
    boolean steer(long[] program) {
        try (var arena = Arena.ofConfined()) {
            var code = arena.allocate(8L * program.length, 8);
            for (int i = 0; i < program.length; i++) {
                code.set(JAVA_SHORT, 8L * i, (short) (program[i] >>> 48));
                code.set(JAVA_BYTE, 8L * i + 2, (byte) (program[i] >>> 40));
                code.set(JAVA_BYTE, 8L * i + 3, (byte) (program[i] >>> 32));
                code.set(JAVA_INT, 8L * i + 4, (int) program[i]);
            }
            // struct sock_fprog: length 2 | padding 6 | pointer 8
            var whole = arena.allocate(16, 8);
            whole.set(JAVA_SHORT, 0, (short) program.length);
            whole.set(JAVA_LONG, 8, code.address());
            int size = (int) whole.byteSize();
            return new Posix().setOption(fd, Posix.SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, whole.address(), size) == 0;
        }
    }

    private static int bind(Posix posix, Arena arena, int fd, int family, TransportAddress address)
            throws IOException {
        var name = arena.allocate(SocketAddress.SIZE, 8);
        SocketAddress.write(name, 0, family, address);
        if (posix.bind(fd, name.address(), SocketAddress.length(family)) != 0) {
            int errno = posix.errno();
            throw switch (errno) {
                case Posix.EADDRINUSE -> new BindException("Address already in use");
                case Posix.EADDRNOTAVAIL -> new BindException("Cannot assign requested address");
                default -> new BindException("bind failed with errno " + errno);
            };
        }
        var length = arena.allocateFrom(JAVA_INT, SocketAddress.SIZE);
        if (posix.socketName(fd, name.address(), length.address()) != 0) {
            throw new IOException("getsockname failed with errno " + posix.errno());
        }
        return SocketAddress.port(name, 0);
    }

    /** Options are wishes: a kernel that refuses one still forwards media. */
    private static void option(Posix posix, Arena arena, int fd, int level, int option, int value) {
        posix.setOption(fd, level, option, arena.allocateFrom(JAVA_INT, value).address(), 4);
    }
}
