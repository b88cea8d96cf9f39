package dev.parley.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for programs that cannot be told to take any free one. */
public final class Ports {
    private Ports() {}

    /** A port below the ephemeral ones that is free on the loopback address, in UDP and in TCP. */
    public static int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 19_000);
            try (var tcp = new ServerSocket();
                    var udp = new DatagramSocket(null)) {
                tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                udp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new UncheckedIOException(new IOException("no free port"));
    }
}
