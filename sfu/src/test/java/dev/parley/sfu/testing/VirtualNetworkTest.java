package dev.parley.sfu.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VirtualNetworkTest {
    private static final TransportAddress A = TransportAddress.ipv4(1, 1);
    private static final TransportAddress B = TransportAddress.ipv4(2, 2);

    /** Sends a number each 5 ms, and notes what arrives when. */
    private static final class Counter implements VirtualNetwork.Host {
        private final List<String> arrived = new ArrayList<>();
        private long next = Long.MAX_VALUE;
        private int number;
        private VirtualNetwork network;

        @Override
        public void receive(long now, TransportAddress from, TransportAddress to, byte[] datagram) {
            arrived.add(datagram[0] + "@" + now);
        }

        @Override
        public long nextTimeout() {
            return next;
        }

        @Override
        public void timeout(long now) {
            network.send(A, B, new byte[] {(byte) number++});
            next = number < 100 ? now + 5_000_000 : Long.MAX_VALUE;
        }
    }

    private static List<String> run(long seed, Impairment impairment) {
        var network = new VirtualNetwork(seed);
        network.impair(impairment);
        var sender = new Counter();
        var receiver = new Counter();
        sender.network = network;
        sender.next = network.now();
        network.attach(A, sender);
        network.attach(B, receiver);
        network.run(2_000_000_000L);
        return receiver.arrived;
    }

    @Test
    void deliversAllInOrderWhenNothingIsImpaired() {
        var arrived = run(1, Impairment.CLEAN);
        assertEquals(100, arrived.size());
        assertEquals("0@1010000000", arrived.getFirst());
        assertEquals("99@1505000000", arrived.getLast());
    }

    @Test
    void repeatsItselfByItsSeedAndDiffersByAnother() {
        assertEquals(run(7, Impairment.LOSSY), run(7, Impairment.LOSSY));
        assertNotEquals(run(7, Impairment.LOSSY), run(8, Impairment.LOSSY));
    }

    @Test
    void losesDoublesAndReorders() {
        var arrived = run(3, new Impairment(0.2, 0.2, 0, 20_000_000));
        var numbers = arrived.stream().map(entry -> Integer.parseInt(entry.split("@")[0])).toList();
        assertTrue(numbers.stream().distinct().count() < 95, "lost some");
        assertTrue(numbers.stream().distinct().count() < numbers.size(), "doubled some");
        assertNotEquals(numbers.stream().sorted().toList(), numbers, "reordered some");
    }
}
