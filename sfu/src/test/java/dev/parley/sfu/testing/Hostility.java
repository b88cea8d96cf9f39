package dev.parley.sfu.testing;

import dev.parley.sfu.wire.TransportAddress;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Somebody on the path who sees everything and sends what he likes in anybody's name, but has no keys: each genuine
 * datagram is followed by a replay, a truncated one, one with a bit turned, or noise.
 */
public final class Hostility implements VirtualNetwork.Tap {
    private final VirtualNetwork network;
    private final SplittableRandom random;
    private boolean injecting;
    private long injected;

    /** A villain on a network. */
    public Hostility(VirtualNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
    }

    /** How many datagrams he sent. */
    public long injected() {
        return injected;
    }

    @Override
    public byte[] pass(TransportAddress from, TransportAddress to, byte[] datagram) {
        if (!injecting) {
            injecting = true;
            for (int i = 0; i < 3; i++) {
                injected++;
                network.send(from, to, invent(datagram));
            }
            injecting = false;
        }
        return datagram;
    }

    private byte[] invent(byte[] genuine) {
        return switch (random.nextInt(4)) {
            case 0 -> genuine.clone();
            case 1 -> Arrays.copyOf(genuine, random.nextInt(genuine.length));
            case 2 -> {
                var changed = genuine.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            default -> {
                var noise = new byte[random.nextInt(1, 200)];
                random.nextBytes(noise);
                // Mostly what gets past the first look: RTP, RTCP, DTLS or STUN by its first byte.
                noise[0] = (byte) new int[] {0x80, 0x81, 22, 20, 21, 0, 1}[random.nextInt(7)];
                yield noise;
            }
        };
    }
}
