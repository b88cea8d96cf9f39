package dev.parley.sfu.udp;

import dev.parley.sfu.HotPath;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hot path that was chosen at start.
 *
 * @param srtp which ciphers
 * @param reason which path it is and why, in words for the operator
 */
public record MediaPath(SrtpProvider srtp, String reason) {
    private static final Logger LOG = LoggerFactory.getLogger(MediaPath.class);
    private static final String NATIVE = "native (libcrypto, recvmmsg and sendmmsg with UDP segmentation)";

    /**
     * Chooses.
     *
     * @throws SfuException {@code invalid-config} when the native path is demanded and this machine lacks what it needs
     */
    public static MediaPath choose(HotPath wanted) {
        if (wanted == HotPath.JAVA) {
            return new MediaPath(SrtpProvider.JAVA, "java (as configured)");
        }
        var obstacle = obstacle();
        if (obstacle.isEmpty()) {
            return new MediaPath(SrtpProvider.NATIVE, NATIVE);
        }
        if (wanted == HotPath.NATIVE) {
            throw new SfuException(
                    "invalid-config",
                    "The native hot path cannot be used here: " + obstacle.get()
                            + ". Mend that, or let the SFU choose its path.");
        }
        return new MediaPath(SrtpProvider.JAVA, "java (the native path cannot be used: " + obstacle.get() + ")");
    }

    private static Optional<String> obstacle() {
        return PosixUdpPort.isSupported()
                ? SrtpProvider.NATIVE.unavailable()
                : Optional.of("it needs 64-bit Linux on x86 or Arm");
    }

    /**
     * Binds the media port, 0 for any free one, on each of the addresses, for a number of lanes. One that another
     * program has, be it another SFU, is refused: the first binds it for itself alone and shares it then.
     *
     * @return a port for each lane; a single one where the machine cannot share a port
     */
    public List<UdpPort> bind(int port, List<InetAddress> listen, int lanes) throws IOException {
        var first = bind(port, listen, false);
        var ports = new ArrayList<UdpPort>(List.of(first));
        if (lanes == 1) {
            return ports;
        }
        try {
            first.share();
            while (ports.size() < lanes) {
                ports.add(bind(first.port(), listen, true));
            }
            return ports;
        } catch (IOException | UnsupportedOperationException obstacle) {
            LOG.warn("This machine does not share a UDP port ({}): one lane serves all media", obstacle.getMessage());
            ports.subList(1, ports.size()).forEach(UdpPort::close);
            return List.of(first);
        } catch (RuntimeException bug) {
            ports.forEach(UdpPort::close);
            throw bug;
        }
    }

    /** Binds a port for one lane. */
    public UdpPort bind(int port, List<InetAddress> listen) throws IOException {
        return bind(port, listen, false);
    }

    private UdpPort bind(int port, List<InetAddress> listen, boolean shared) throws IOException {
        return switch (srtp) {
            case NATIVE -> PosixUdpPort.bind(port, listen, shared);
            case JAVA -> NioUdpPort.bind(port, listen, shared);
        };
    }
}
