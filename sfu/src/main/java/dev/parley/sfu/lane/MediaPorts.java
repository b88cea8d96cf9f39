package dev.parley.sfu.lane;

import dev.parley.sfu.udp.MediaPath;
import dev.parley.sfu.udp.UdpPort;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The sockets of an SFU, all on one port number.
 *
 * @param udp one for each lane
 * @param tcp for clients whose network lets no UDP through, if wanted
 */
public record MediaPorts(List<UdpPort> udp, Optional<TcpPort> tcp) {
    /** A number that is free for UDP may be taken for TCP: as often another one is tried, when any will do. */
    private static final int ATTEMPTS = 20;

    /** The TCP port is taken. */
    public static final class TcpPortTaken extends BindException {
        private static final long serialVersionUID = 1;

        TcpPortTaken(BindException cause) {
            super(String.valueOf(cause.getMessage()));
            initCause(cause);
        }
    }

    /** Takes a copy of the list. */
    public MediaPorts {
        udp = List.copyOf(udp);
    }

    /**
     * Binds a port, 0 for any free one, on each of the addresses.
     *
     * @param lanes how many UDP sockets are wanted
     * @param withTcp whether the same TCP port is
     * @throws TcpPortTaken when it is taken for TCP
     * @throws BindException when it is taken for UDP, or when an address is not this machine's
     */
    public static MediaPorts bind(MediaPath path, int port, List<InetAddress> listen, int lanes, boolean withTcp)
            throws IOException {
        for (var attempt = 1; ; attempt++) {
            var udp = path.bind(port, listen, lanes);
            try {
                return new MediaPorts(udp, withTcp ? Optional.of(tcp(udp.getFirst().port(), listen)) : Optional.empty());
            } catch (TcpPortTaken taken) {
                udp.forEach(UdpPort::close);
                if (port != 0 || attempt == ATTEMPTS) {
                    throw taken;
                }
            } catch (IOException | RuntimeException failure) {
                udp.forEach(UdpPort::close);
                throw failure;
            }
        }
    }

    private static TcpPort tcp(int port, List<InetAddress> listen) throws IOException {
        try {
            return TcpPort.bind(port, listen);
        } catch (BindException taken) {
            throw new TcpPortTaken(taken);
        }
    }

    /** Frees the port, when no lane was started. */
    public void close() {
        udp.forEach(UdpPort::close);
        tcp.ifPresent(TcpPort::close);
    }

    /** The port's number. */
    public int port() {
        return udp.getFirst().port();
    }
}
