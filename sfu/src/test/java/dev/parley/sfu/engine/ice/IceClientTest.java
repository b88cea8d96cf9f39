package dev.parley.sfu.engine.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.wire.TransportAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The client against the server's side over a network with loss and delay, on a virtual clock. */
class IceClientTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;
    private static final IceCredentials SERVER = new IceCredentials("server", "the password of the server");
    private static final IceCredentials CLIENT = new IceCredentials("client", "the password of the client");

    private record Packet(long at, boolean toServer, TransportAddress from, TransportAddress to, byte[] bytes) {}

    private final PriorityQueue<Packet> wire = new PriorityQueue<>(Comparator.comparingLong(Packet::at));
    private final List<TransportAddress> clientSelected = new ArrayList<>();
    private final List<IceState> serverStates = new ArrayList<>();
    private final List<Long> sendTimes = new ArrayList<>();
    private final List<TransportAddress> reachable = new ArrayList<>(List.of(address(1), address(2)));
    private TransportAddress clientAddress = address(100);
    private Random random = new Random(3);
    private int lossPercent;
    private boolean failed;
    private long now = 5 * SECOND;
    private final IceLite server =
            new IceLite("server", SERVER.password(), IceConfig.defaults(), new DropCounters(), now);
    private final IceClient client = new IceClient(CLIENT, SERVER, random, IceConfig.defaults());

    private final IceClient.Out clientOut = new IceClient.Out() {
        @Override
        public void send(TransportAddress to, byte[] datagram) {
            sendTimes.add(now);
            if (reachable.contains(to)) {
                transmit(true, clientAddress, to, datagram);
            }
        }

        @Override
        public void selected(TransportAddress remote) {
            clientSelected.add(remote);
        }

        @Override
        public void failed() {
            failed = true;
        }
    };

    /** The server sees where a packet came from, and answers from the address it was sent to. */
    private final class ServerOut implements IceLite.Out {
        private final TransportAddress local;

        private ServerOut(TransportAddress local) {
            this.local = local;
        }

        @Override
        public void send(TransportAddress to, byte[] datagram) {
            transmit(false, local, to, datagram);
        }

        @Override
        public void selected(TransportAddress remote) {}

        @Override
        public void stateChanged(IceState state) {
            serverStates.add(state);
        }
    }

    @Test
    void connectsToTheBestCandidateThatAnswers() {
        reachable.remove(address(2));
        client.addRemoteCandidate(address(1), 10);
        client.addRemoteCandidate(address(2), 20);
        client.start(now, clientOut);
        run(2 * SECOND);
        assertEquals(List.of(address(1)), clientSelected);
        assertEquals(IceState.COMPLETED, server.state());
        assertEquals(Optional.of(clientAddress), server.selected());
    }

    @Test
    void prefersTheHigherPriorityWhenBothAnswer() {
        client.addRemoteCandidate(address(1), 10);
        client.addRemoteCandidate(address(2), 20);
        client.start(now, clientOut);
        run(2 * SECOND);
        assertEquals(List.of(address(2)), clientSelected);
    }

    @Test
    void pacesItsChecks() {
        for (int i = 1; i <= 8; i++) {
            client.addRemoteCandidate(address(i), i);
        }
        client.start(now, clientOut);
        run(300 * MILLI);
        for (int i = 1; i < sendTimes.size(); i++) {
            assertTrue(sendTimes.get(i) - sendTimes.get(i - 1) >= 50 * MILLI);
        }
        assertTrue(sendTimes.size() > 4);
    }

    @Test
    void connectsThroughHeavyLossWhateverTheSeed() {
        for (int seed = 0; seed < 200; seed++) {
            var test = new IceClientTest();
            test.random = new Random(seed);
            test.lossPercent = 40;
            test.client.addRemoteCandidate(address(1), 1);
            test.client.start(test.now, test.clientOut);
            test.run(29 * SECOND);
            assertEquals(Optional.of(address(1)), test.client.selected(), "seed " + seed);
        }
    }

    @Test
    void keepsConsentForMinutes() {
        client.addRemoteCandidate(address(1), 1);
        client.start(now, clientOut);
        run(300 * SECOND);
        assertEquals(IceState.COMPLETED, server.state());
        assertEquals(List.of(IceState.CONNECTED, IceState.COMPLETED), serverStates);
        assertTrue(sendTimes.size() > 45 && sendTimes.size() < 80, "one check each 4–6 s, but " + sendTimes.size());
    }

    @Test
    void bothSidesNoticeALostPath() {
        client.addRemoteCandidate(address(1), 1);
        client.start(now, clientOut);
        run(10 * SECOND);
        reachable.clear();
        run(31 * SECOND);
        assertTrue(failed);
        assertEquals(IceState.DISCONNECTED, server.state());
        run(31 * SECOND);
        assertEquals(IceState.CLOSED, server.state());
    }

    @Test
    void failsWhenNobodyAnswers() {
        reachable.clear();
        client.addRemoteCandidate(address(1), 1);
        client.start(now, clientOut);
        run(31 * SECOND);
        assertTrue(failed);
        assertEquals(Long.MAX_VALUE, client.nextTimeout());
        assertEquals(IceState.CLOSED, server.state());
    }

    @Test
    void theServerFollowsAClientThatChangesItsNetwork() {
        client.addRemoteCandidate(address(1), 1);
        client.start(now, clientOut);
        run(10 * SECOND);
        clientAddress = address(101);
        run(7 * SECOND);
        assertEquals(Optional.of(address(101)), server.selected());
    }

    @Test
    void restartsWithNewCredentials() {
        client.addRemoteCandidate(address(1), 1);
        client.start(now, clientOut);
        run(10 * SECOND);
        var renewed = new IceCredentials("server2", "the second password of the server");
        server.restart(renewed.usernameFragment(), renewed.password());
        run(20 * SECOND);
        assertEquals(IceState.COMPLETED, server.state());
        clientAddress = address(101);
        client.restart(now, CLIENT, renewed, clientOut);
        run(2 * SECOND);
        assertEquals(Optional.of(address(101)), server.selected());
        assertEquals(2, clientSelected.size());
        run(40 * SECOND);
        assertEquals(IceState.COMPLETED, server.state());
    }

    private void transmit(boolean toServer, TransportAddress from, TransportAddress to, byte[] bytes) {
        if (random.nextInt(100) >= lossPercent) {
            wire.add(new Packet(now + (10 + random.nextInt(20)) * MILLI, toServer, from, to, bytes));
        }
    }

    private void run(long duration) {
        long end = now + duration;
        while (true) {
            long next = Math.min(client.nextTimeout(), server.nextTimeout());
            if (!wire.isEmpty()) {
                next = Math.min(next, wire.peek().at());
            }
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(now, next);
            while (!wire.isEmpty() && wire.peek().at() <= now) {
                deliver(wire.poll());
            }
            client.timeout(now, clientOut);
            server.timeout(now, new ServerOut(address(1)));
        }
    }

    private void deliver(Packet packet) {
        if (packet.toServer()) {
            server.receive(now, packet.from(), packet.bytes(), new ServerOut(packet.to()));
        } else {
            client.receive(now, packet.from(), packet.bytes(), clientOut);
        }
    }

    private static TransportAddress address(int last) {
        return TransportAddress.ipv4(0xc000_0200 + last, 5000);
    }
}
