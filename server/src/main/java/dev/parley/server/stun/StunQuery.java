package dev.parley.server.stun;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks a STUN server from where it sees this machine. */
public final class StunQuery {
    private StunQuery() {}

    /**
     * Sends Binding requests over UDP until an answer comes.
     *
     * @throws SocketTimeoutException when none comes in time
     * @throws IOException when nothing can be sent, or the port is closed, or the answer is an error
     */
    public static InetSocketAddress ask(InetSocketAddress server, Duration timeout) throws IOException {
        try (var wire = StunWire.udp(server)) {
            return ask(wire, timeout);
        }
    }

    static InetSocketAddress ask(StunWire wire, Duration timeout) throws IOException {
        var request = StunExchange.frame(StunFrame.BINDING, List.of());
        return mapped(new StunExchange(wire, timeout).request(request, Optional.empty(), other -> {}));
    }

    /** A Binding request, for sending it in another way than over a socket. */
    public static byte[] request() {
        return StunExchange.frame(StunFrame.BINDING, List.of()).encode(Optional.empty());
    }

    /** Whether these bytes answer that request with an address. */
    public static boolean isAnswer(byte[] request, byte[] answer) {
        var sent = StunFrame.parse(request).orElseThrow();
        return StunFrame.parse(answer)
                .filter(frame -> frame.answers(sent) && frame.xorAddress(StunFrame.XOR_MAPPED_ADDRESS).isPresent())
                .isPresent();
    }

    private static InetSocketAddress mapped(StunFrame answer) throws IOException {
        if (answer.isError()) {
            throw new IOException("it answers with error " + answer.errorCode() + " " + answer.errorReason());
        }
        return answer.xorAddress(StunFrame.XOR_MAPPED_ADDRESS)
                .orElseThrow(() -> new IOException("its answer has no XOR-MAPPED-ADDRESS"));
    }
}
