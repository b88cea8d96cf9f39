package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.dtls.Peers.Peer;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our client against our server over a network that loses, delays, reorders and repeats, on a virtual clock. */
class LossyNetworkTest {
    private record Packet(long at, Peer to, byte[] bytes) {}

    /** One run with a seed. */
    private static final class Network {
        private final PriorityQueue<Packet> wire = new PriorityQueue<>(Comparator.comparingLong(Packet::at));
        private final Random random;
        private final int loss;
        private final int repeat;
        private final Peer client;
        private final Peer server;
        private long now = 3 * Peers.SECOND;
        private int datagrams;
        private int largest;

        private Network(int seed, int loss, int repeat, DtlsConfig config) throws Exception {
            random = new Random(seed);
            this.loss = loss;
            this.repeat = repeat;
            client = new Peer(
                    DtlsEndpoint.Role.CLIENT, Peers.ALICE, Peers.BOB.fingerprints(), config, seeded(seed));
            server = new Peer(
                    DtlsEndpoint.Role.SERVER, Peers.BOB, Peers.ALICE.fingerprints(), config, seeded(~seed));
        }

        private void run(long duration) {
            long end = now + duration;
            client.endpoint.start(now, client);
            server.endpoint.start(now, server);
            transmit();
            while (true) {
                long next = Math.min(client.endpoint.nextTimeout(), server.endpoint.nextTimeout());
                next = wire.isEmpty() ? next : Math.min(next, wire.peek().at());
                if (next > end) {
                    return;
                }
                now = Math.max(now, next);
                while (!wire.isEmpty() && wire.peek().at() <= now) {
                    var packet = wire.poll();
                    packet.to().endpoint.receive(now, packet.bytes(), packet.to());
                    transmit();
                }
                client.endpoint.timeout(now, client);
                server.endpoint.timeout(now, server);
                transmit();
            }
        }

        private void transmit() {
            client.take().forEach(bytes -> send(server, bytes));
            server.take().forEach(bytes -> send(client, bytes));
        }

        private void send(Peer to, byte[] bytes) {
            datagrams++;
            largest = Math.max(largest, bytes.length);
            if (random.nextInt(100) >= loss) {
                int copies = random.nextInt(100) < repeat ? 1 + random.nextInt(3) : 1;
                for (int i = 0; i < copies; i++) {
                    wire.add(new Packet(now + (5 + random.nextInt(250)) * Peers.MILLI, to, bytes));
                }
            }
        }

        private static SecureRandom seeded(long seed) throws Exception {
            var random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        }
    }

    @Test
    void connectsWhateverTheSeed() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            check(seed, new Network(seed, 12, 20, DtlsConfig.defaults()), 60);
        }
    }

    @Test
    void connectsWithSmallDatagramsWhateverTheSeed() throws Exception {
        var config = new DtlsConfig(
                Duration.ofMillis(400),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                256,
                List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80),
                Optional.empty());
        for (int seed = 1000; seed < 1100; seed++) {
            check(seed, new Network(seed, 5, 20, config), 160);
        }
    }

    @Test
    void neverClaimsAConnectionThatTheOtherSideDoesNotShareWhateverTheLoss() throws Exception {
        int connected = 0;
        for (int seed = 2000; seed < 2080; seed++) {
            var network = new Network(seed, 45, 30, DtlsConfig.defaults());
            network.run(20 * Peers.SECOND);
            if (network.client.keys.isPresent()) {
                // The client knows that the server is done; the server may be done while its last flight never arrives.
                assertTrue(network.server.keys.isPresent(), "seed " + seed);
                assertTrue(Peers.same(network.client.keys.get(), network.server.keys.get().mirrored()), "seed " + seed);
                connected++;
            } else {
                assertEquals(Optional.of(DtlsFailure.TIMEOUT), network.client.failure, "seed " + seed);
            }
            assertTrue(network.server.connected + network.server.failed == 1, "seed " + seed);
        }
        assertTrue(connected > 15, "some must connect even so, but only " + connected);
    }

    private static void check(int seed, Network network, int mostDatagrams) {
        network.run(12 * Peers.SECOND);
        var name = "seed " + seed + " " + network.client.failure + network.server.failure;
        assertEquals(1, network.client.connected, name);
        assertEquals(1, network.server.connected, name);
        assertEquals(0, network.client.failed + network.server.failed, name);
        assertTrue(Peers.same(network.client.keys.orElseThrow(), network.server.keys.orElseThrow().mirrored()), name);
        assertTrue(network.largest <= 1200, name);
        assertTrue(network.datagrams <= mostDatagrams, name + ": a storm of " + network.datagrams);
    }

    @Test
    void theLastFlightIsSentAgainWhenItWasLost() {
        long now = Peers.SECOND;
        var client = Peers.client();
        var server = Peers.server();
        client.endpoint.start(now, client);
        server.receive(now, client.take());
        client.receive(now, server.take());
        server.receive(now, client.take());
        assertEquals(1, server.connected);
        var last = server.take();
        for (int i = 0; i < 3; i++) {
            now = client.endpoint.nextTimeout();
            client.endpoint.timeout(now, client);
            server.receive(now, client.take());
            assertEquals(1, server.sent.size());
            last = server.take();
        }
        client.receive(now, last);
        assertEquals(1, client.connected);
        assertEquals(1, server.connected);
        assertTrue(Peers.same(client.keys.orElseThrow(), server.keys.orElseThrow().mirrored()));
    }

    @Test
    void aFinishedThatOvertakesTheRestIsKept() {
        long now = Peers.SECOND;
        var config = DtlsConfig.defaults();
        var small = new DtlsConfig(
                config.firstRetransmission(),
                config.longestRetransmission(),
                config.handshakeTimeout(),
                256,
                config.srtpProfiles(),
                config.keyLog());
        var client = Peers.client(small);
        var server = Peers.server();
        client.endpoint.start(now, client);
        server.receive(now, client.take());
        client.receive(now, server.take());
        var flight = client.take();
        assertTrue(flight.size() > 2);
        server.receive(now, flight.reversed());
        assertEquals(1, server.connected);
        client.receive(now, server.take().reversed());
        assertEquals(1, client.connected);
    }
}
