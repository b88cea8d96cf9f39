package dev.parley.sfu.engine.ice;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunMessage;
import dev.parley.sfu.wire.stun.StunType;
import java.util.Optional;

/**
 * Tells whoever asks under which address it is seen (a plain STUN server, RFC 8489), so that clients need no other. A
 * request has no credentials, so its source may be forged; what could be aimed at a stranger in this way is kept
 * harmless:
 *
 * <ul>
 *   <li>the answer is as small as can be: 32 bytes, or 44 for IPv6, to a request of 20 at least (with the headers of
 *       UDP and IP 60 bytes for 48, or 92 for 68: 1.25 and 1.35 times as much);
 *   <li>an address gets {@value #PER_SECOND} answers a second, all together get {@value #PER_SECOND_IN_ALL};
 *   <li>what is not exactly such a request gets no answer, not even an error.
 * </ul>
 *
 * One a lane; one thread. Times are monotonic nanoseconds.
 */
public final class StunServer {
    /** Answers a second for one address, or one IPv6 network of 64 bits. */
    public static final int PER_SECOND = 10;
    /** Answers a second in all lanes together. */
    public static final int PER_SECOND_IN_ALL = 1_000;

    private final RateTable rates;
    private final DropCounters drops;
    private long answered;

    /**
     * A server.
     *
     * @param seed decides which addresses share a limit; random
     * @param lanes how many such servers there are, each with its part of what all may answer
     */
    public StunServer(long seed, int lanes, DropCounters drops) {
        rates = new RateTable(seed, PER_SECOND, Math.max(1, PER_SECOND_IN_ALL / lanes));
        this.drops = drops;
    }

    /** Whether a STUN datagram is one for {@link #answer}: a request that names nobody. */
    public static boolean isPlainRequest(byte[] datagram) {
        return datagram[0] == 0 && datagram[1] == 1 && StunMessage.usernameOf(datagram).isEmpty();
    }

    /** The answer to a plain request; empty if there is none. What is not answered is counted. */
    public Optional<byte[]> answer(long now, TransportAddress from, byte[] datagram) {
        var request = StunMessage.parse(datagram).filter(message -> message.type() == StunType.BINDING_REQUEST);
        if (request.isEmpty() || !request.get().unknownRequired().isEmpty()) {
            drops.count(Drop.STUN_MALFORMED);
            return Optional.empty();
        }
        return switch (rates.attempt(now, from)) {
            case ALLOWED -> {
                answered++;
                yield Optional.of(new StunBuilder(StunType.BINDING_SUCCESS, request.get().transactionId())
                        .xorMappedAddress(from)
                        .buildPlain());
            }
            case TOO_OFTEN_FROM_ADDRESS -> {
                drops.count(Drop.STUN_RATE_OF_ADDRESS);
                yield Optional.empty();
            }
            case TOO_OFTEN -> {
                drops.count(Drop.STUN_RATE);
                yield Optional.empty();
            }
        };
    }

    /** How many answers there were. */
    public long answered() {
        return answered;
    }
}
