package dev.parley.server.stun;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests and their answers over a wire. */
final class StunExchange {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long FIRST_RETRY = Duration.ofMillis(250).toNanos();

    private final StunWire wire;
    private final Duration timeout;

    StunExchange(StunWire wire, Duration timeout) {
        this.wire = wire;
        this.timeout = timeout;
    }

    static StunFrame frame(int type, List<StunFrame.Attribute> attributes) {
        return new StunFrame(type, newTransaction(), attributes);
    }

    static byte[] newTransaction() {
        var transaction = new byte[12];
        RANDOM.nextBytes(transaction);
        return transaction;
    }

    /**
     * The answer to a request, which is sent again where messages get lost.
     *
     * @param key for MESSAGE-INTEGRITY
     * @param others gets what comes meanwhile and is no answer
     * @throws SocketTimeoutException when none comes in time
     */
    StunFrame request(StunFrame request, Optional<byte[]> key, Consumer<StunFrame> others) throws IOException {
        var bytes = request.encode(key);
        long now = System.nanoTime();
        long end = now + timeout.toNanos();
        long wait = wire.losesMessages() ? FIRST_RETRY : timeout.toNanos();
        while (now < end) {
            wire.send(bytes);
            long until = Math.min(end, now + wait);
            for (var got = wire.receive(until); got.isPresent(); got = wire.receive(until)) {
                var frame = StunFrame.parse(got.get());
                if (frame.filter(answer -> answer.answers(request)).isPresent()) {
                    return frame.get();
                }
                frame.ifPresent(others);
            }
            wait *= 2;
            now = System.nanoTime();
        }
        throw new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
    }
}
