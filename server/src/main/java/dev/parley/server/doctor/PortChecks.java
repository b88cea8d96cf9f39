package dev.parley.server.doctor;

import dev.parley.server.stun.StunQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** Whether the server has its ports, or could have them. */
final class PortChecks {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String WEB = "web-port";
    private static final String UDP = "media-udp";
    private static final String TCP = "media-tcp";

    private PortChecks() {}

    static List<Finding> all(Subject subject) {
        return List.of(web(subject), udp(subject), tcp(subject));
    }

    private static InetAddress here(Subject subject) {
        return InetAddress.ofLiteral(subject.config().host().orElse("127.0.0.1"));
    }

    private static Finding web(Subject subject) {
        if (subject.running().isPresent()) {
            int port = subject.running().get().reach().port();
            return connects(subject, port)
                    ? Finding.ok(WEB, "The server takes connections on TCP port " + port + ".")
                    : Finding.fail(WEB, "The server takes no connection on TCP port " + port + ".",
                            "It is overloaded, or a firewall on this machine is in between.",
                            "Look at ./run top and at this machine's firewall.");
        }
        int port = subject.config().port();
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(subject.config().host().isPresent()
                    ? new InetSocketAddress(here(subject), port)
                    : new InetSocketAddress(port));
            return Finding.ok(WEB, "TCP port " + port + " is free for the web app and signalling.");
        } catch (IOException e) {
            return Finding.fail(WEB, "TCP port " + port + " cannot be had (" + e.getMessage() + ").",
                    port < 1_024 ? "Another program has it, or this user may not open ports below 1024."
                            : "Another program has it.",
                    "Stop that program (\"ss -ltnp\" names it), or give another port by --port.");
        }
    }

    private static Finding udp(Subject subject) {
        if (subject.refusal().isPresent()) {
            var refusal = subject.refusal().get();
            var text = String.valueOf(refusal.getMessage());
            return refusal.code().equals("tcp-port-in-use")
                    ? Finding.skip(UDP, "TCP comes first, see below.")
                    : Finding.fail(UDP, "UDP port " + subject.config().mediaPort() + " cannot be had.", text,
                            "Stop the other program (\"ss -lunp\" names it), or give another port by --media-port.");
        }
        int port = subject.mediaPort().orElseThrow();
        try {
            StunQuery.ask(new InetSocketAddress(here(subject), port), TIMEOUT);
            return Finding.ok(UDP, "UDP port " + port + " answers.");
        } catch (IOException e) {
            return Finding.fail(UDP, "UDP port " + port + " does not answer on this very machine.",
                    String.valueOf(e.getMessage()), "Look at this machine's firewall, and at ./run top for overload.");
        }
    }

    private static Finding tcp(Subject subject) {
        if (!subject.config().iceTcp()) {
            return Finding.warn(TCP, "Media over TCP is switched off.", "--no-ice-tcp says so: who has no UDP needs TURN.",
                    "Leave --no-ice-tcp away.");
        }
        if (subject.refusal().isPresent()) {
            var refusal = subject.refusal().get();
            return refusal.code().equals("tcp-port-in-use")
                    ? Finding.fail(TCP, "TCP port " + subject.config().mediaPort() + " cannot be had.",
                            String.valueOf(refusal.getMessage()),
                            "Stop the other program (\"ss -ltnp\" names it), or give another port by --media-port.")
                    : Finding.skip(TCP, "UDP comes first, see above.");
        }
        int port = subject.mediaPort().orElseThrow();
        return connects(subject, port)
                ? Finding.ok(TCP, "TCP port " + port + " takes connections.")
                : Finding.fail(TCP, "TCP port " + port + " takes no connection on this very machine.",
                        "A firewall is in between, or the running server was started with --no-ice-tcp.",
                        "Look at this machine's firewall.");
    }

    private static boolean connects(Subject subject, int port) {
        try (var socket = new Socket(java.net.Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(here(subject), port), Math.toIntExact(TIMEOUT.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
