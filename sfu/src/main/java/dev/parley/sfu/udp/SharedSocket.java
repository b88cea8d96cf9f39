package dev.parley.sfu.udp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;

/**
 * One UDP socket on the port of which many ends live, each with a loopback address of its own: one system call takes
 * what came to any of them. As many fit as its buffer has room for, so that a pause of the reader loses no more than it
 * would with sockets of their own. For one thread.
 */
final class SharedSocket {
    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
    private static final int SO_RCVBUFFORCE = 33;
    private static final int IPPROTO_IP = 0;
    /** The number of the option and of what the kernel then tells with each datagram. */
    static final int IP_PKTINFO = 8;

    private static final int WANTED = 64 << 20;
    private static final int BUFFER_OF_AN_END = 32 << 10;
    private static final int MOST_ENDS = 1_024;

    private final PosixSocket socket;
    private final int room;
    private int ends;

    private SharedSocket(PosixSocket socket, int room) {
        this.socket = socket;
        this.room = room;
    }

    static SharedSocket open(Posix posix) throws IOException {
        var socket = PosixSocket.open(posix, ANY, 0, WANTED, false);
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocateFrom(JAVA_INT, WANTED);
            // Only for who may administer the network; others have what net.core.rmem_max lets them.
            posix.setOption(socket.fd(), Posix.SOL_SOCKET, SO_RCVBUFFORCE, value.address(), 4);
            int buffer = posix.option(socket.fd(), Posix.SOL_SOCKET, Posix.SO_RCVBUF);
            value.set(JAVA_INT, 0, 1);
            if (posix.setOption(socket.fd(), IPPROTO_IP, IP_PKTINFO, value.address(), 4) != 0) {
                posix.close(socket.fd());
                throw new IOException("IP_PKTINFO failed with errno " + posix.errno());
            }
            return new SharedSocket(socket, Math.clamp(buffer / BUFFER_OF_AN_END, 1, MOST_ENDS));
        }
    }

    PosixSocket socket() {
        return socket;
    }

    boolean hasRoom() {
        return ends < room;
    }

    void enter() {
        ends++;
    }

    /** An end goes. @return whether it was the last */
    boolean leave() {
        return --ends == 0;
    }
}
