package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.dtls.Peers.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutations of real flights against endpoints in every state, and of real messages against every parser. */
class DtlsFuzzTest {
    private static final long NOW = 5 * Peers.SECOND;
    private static final int INPUTS_PER_ENDPOINT = 1000;

    private final Random random = new Random(6347);
    private int fed;

    @Test
    void aServerNeverThrowsOnMutatedFlights() {
        for (int round = 0; round < 150; round++) {
            var client = Peers.client();
            var server = Peers.server();
            client.endpoint.start(NOW, client);
            var seeds = new ArrayList<>(client.take());
            if (round % 3 > 0) {
                server.receive(NOW, seeds);
                client.receive(NOW, server.take());
                seeds.addAll(client.take());
            }
            if (round % 3 == 2) {
                server.receive(NOW, seeds);
                assertTrue(server.connected == 1);
            }
            feed(server, seeds);
            // Where the seeds hold the whole flight, a mutation of what nobody reads may let it through.
            assertTrue(server.connected <= (round % 3 == 0 ? 0 : 1));
        }
        assertTrue(fed > 50_000, "only " + fed + " inputs");
    }

    @Test
    void aClientNeverThrowsOnMutatedFlights() {
        for (int round = 0; round < 150; round++) {
            var client = Peers.client();
            var server = Peers.server();
            client.endpoint.start(NOW, client);
            server.receive(NOW, client.take());
            var seeds = new ArrayList<>(server.take());
            if (round % 3 > 0) {
                client.receive(NOW, seeds);
                server.receive(NOW, client.take());
                seeds.addAll(server.take());
            }
            if (round % 3 == 2) {
                client.receive(NOW, seeds);
                assertTrue(client.connected == 1);
            }
            feed(client, seeds);
            assertTrue(client.connected <= (round % 3 == 0 ? 0 : 1));
        }
        assertTrue(fed > 50_000, "only " + fed + " inputs");
    }

    private void feed(Peer peer, List<byte[]> seeds) {
        for (int i = 0; i < INPUTS_PER_ENDPOINT && peer.failed + peer.closed == 0; i++) {
            fed++;
            peer.endpoint.receive(NOW + i, mutated(seeds.get(random.nextInt(seeds.size()))), peer);
        }
        peer.endpoint.timeout(NOW + 11 * Peers.SECOND, peer);
    }

    @Test
    void noParserThrowsOnMutatedMessages() {
        var seeds = messages();
        int parsed = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = mutated(seeds.get(random.nextInt(seeds.size())));
            parsed += ClientHello.parse(bytes).map(DtlsFuzzTest::readAll).orElse(0);
            parsed += ServerHello.parse(bytes).map(hello -> readAll(hello.extensions())).orElse(0);
            parsed += ServerKeyExchange.parse(bytes).isPresent() ? 1 : 0;
            parsed += Messages.parseCertificate(bytes).isPresent() ? 1 : 0;
            parsed += Messages.parseCertificateRequest(bytes).isPresent() ? 1 : 0;
            parsed += Messages.parseCertificateVerify(bytes).isPresent() ? 1 : 0;
            parsed += Messages.parseClientKeyExchange(bytes).isPresent() ? 1 : 0;
            parsed += Messages.parseHelloVerifyRequest(bytes).isPresent() ? 1 : 0;
        }
        assertTrue(parsed > 10_000, "the mutations must get through at times, but only " + parsed + " did");
    }

    @Test
    void reassemblyNeverThrowsNorGivesMoreThanItWasGiven() {
        for (int round = 0; round < 2000; round++) {
            var reassembly = new Reassembly();
            for (int i = 0; i < 60; i++) {
                int length = random.nextInt(random.nextInt(10) == 0 ? 1 << 24 : 64);
                int offset = random.nextInt(70);
                var content = new byte[random.nextInt(70)];
                var fragment = new Reassembly.Fragment(
                        random.nextInt(25), length, random.nextInt(12), offset, content);
                reassembly.accept(random.nextInt(2), fragment);
                reassembly.poll().ifPresent(message -> assertTrue(message.body().length < 64 * 1024));
            }
        }
    }

    private static int readAll(ClientHello hello) {
        hello.isSecureFirstHandshake();
        hello.offers(1);
        return readAll(hello.extensions());
    }

    private static int readAll(Extensions extensions) {
        extensions.allowsDtls12();
        extensions.groups();
        extensions.signatureAlgorithms();
        extensions.srtpProfiles();
        extensions.hasNoMki();
        extensions.hasExtendedMasterSecret();
        extensions.hasEmptyRenegotiationInfo();
        return 1;
    }

    /** The bodies of all plain handshake messages of one handshake. */
    private static List<byte[]> messages() {
        var client = Peers.client();
        var server = Peers.server();
        client.endpoint.start(NOW, client);
        var datagrams = new ArrayList<>(client.take());
        server.receive(NOW, datagrams);
        var answer = server.take();
        datagrams.addAll(answer);
        client.receive(NOW, answer);
        datagrams.addAll(client.take());
        var bodies = new ArrayList<byte[]>();
        for (var datagram : datagrams) {
            var reader = new ByteReader(datagram);
            for (var record = DtlsRecord.next(reader); record.isPresent(); record = DtlsRecord.next(reader)) {
                if (record.get().epoch() == 0 && record.get().type() == DtlsRecord.HANDSHAKE) {
                    Reassembly.Fragment.next(new ByteReader(record.get().body()))
                            .filter(Reassembly.Fragment::isWhole)
                            .ifPresent(fragment -> bodies.add(fragment.content()));
                }
            }
        }
        return bodies;
    }

    private byte[] mutated(byte[] original) {
        var bytes = original.clone();
        if (bytes.length == 0) {
            return bytes;
        }
        for (int flips = random.nextInt(5); flips >= 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(50));
            case 2 -> Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
            default -> bytes;
        };
    }
}
