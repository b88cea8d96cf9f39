package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.Peers.Peer;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What somebody can do who forges the peer's address, or who is the peer and means ill. */
class HostileInputTest {
    private static final long NOW = 9 * Peers.SECOND;

    private final RecordLayer forge = new RecordLayer(new DropCounters());
    private final Peer client = Peers.client();
    private final Peer server = Peers.server();

    @Test
    void everyShortDatagramIsACountedDrop() {
        for (int length = 0; length <= 64; length++) {
            for (int type : new int[] {0, 20, 21, 22, 23, 63, 255}) {
                var bytes = new byte[length];
                Arrays.fill(bytes, (byte) type);
                long before = total(server);
                server.endpoint.receive(NOW, bytes, server);
                assertEquals(before + 1, total(server), "length " + length + " type " + type);
            }
        }
        assertStillConnects();
    }

    @Test
    void aDeclaredLengthOverSixteenKibibytesIsRefused() {
        var first = new ByteWriter().u8(1).u24(0xffffff).u16(0).u24(0).u24(4).bytes(new byte[4]).toBytes();
        forged(first);
        var justOver = new ByteWriter().u8(1).u24(16 * 1024 + 1).u16(0).u24(0).u24(4).bytes(new byte[4]).toBytes();
        forged(justOver);
        assertEquals(2, server.drops.of(Drop.DTLS_MALFORMED));
        assertStillConnects();
    }

    @Test
    void fragmentsThatPointOutsideTheirMessageAreRefused() {
        forged(new ByteWriter().u8(1).u24(100).u16(0).u24(98).u24(4).bytes(new byte[4]).toBytes());
        forged(new ByteWriter().u8(1).u24(100).u16(0).u24(0xffffff).u24(4).bytes(new byte[4]).toBytes());
        forged(new ByteWriter().u8(1).u24(100).u16(0).u24(0).u24(5).bytes(new byte[4]).toBytes());
        forged(new ByteWriter().u8(1).u24(100).u16(9).u24(0).u24(4).bytes(new byte[4]).toBytes());
        assertEquals(4, server.drops.of(Drop.DTLS_MALFORMED));
        assertStillConnects();
    }

    @Test
    void emptyFragmentsAreRefusedHoweverMany() {
        for (int i = 0; i < 10_000; i++) {
            forged(new ByteWriter().u8(1).u24(500).u16(0).u24(i % 500).u24(0).toBytes());
        }
        assertEquals(10_000, server.drops.of(Drop.DTLS_MALFORMED));
        assertStillConnects();
    }

    @Test
    void moreThanSixtyFourFragmentsOfAMessageAreRefused() {
        for (int i = 0; i < 500; i++) {
            forged(new ByteWriter().u8(1).u24(500).u16(0).u24(i).u24(1).u8(7).toBytes());
        }
        assertEquals(500 - Reassembly.MOST_FRAGMENTS, server.drops.of(Drop.DTLS_MALFORMED));
        assertStillConnects();
    }

    @Test
    void forgedMessagesFurtherAheadDoNotKeepTheNextOneOut() {
        for (int sequence = 1; sequence < 8; sequence++) {
            forged(new ByteWriter().u8(11).u24(16 * 1024).u16(sequence).u24(0).u24(1).u8(0).toBytes());
        }
        forged(new ByteWriter().u8(1).u24(16 * 1024).u16(0).u24(0).u24(1).u8(0).toBytes());
        client.endpoint.start(NOW, client);
        server.receive(NOW, client.take());
        assertTrue(server.sent.size() > 0, "the true ClientHello must be answered");
    }

    @Test
    void aMalformedClientHelloIsAsIfItHadNotCome() {
        forged(new HandshakeMessage(1, 0, 0, new byte[50]).whole());
        forged(new HandshakeMessage(2, 0, 0, new byte[50]).whole());
        forged(new HandshakeMessage(20, 0, 0, new byte[12]).whole());
        assertEquals(3, server.drops.of(Drop.DTLS_UNEXPECTED));
        assertStillConnects();
    }

    @Test
    void aClientHelloThatCannotBeAcceptedEndsTheHandshakeOnlyIfNoBetterOneFollows() {
        forged(hello(hello -> hello.values().remove(Extensions.USE_SRTP)));
        assertEquals(1, server.take().size());
        assertStillConnects();
        var other = Peers.server();
        other.endpoint.receive(NOW, record(hello(hello -> hello.values().remove(Extensions.USE_SRTP))), other);
        assertEquals(NOW + DtlsEndpoint.SUSPICION, other.endpoint.nextTimeout());
        other.endpoint.timeout(NOW + DtlsEndpoint.SUSPICION, other);
        assertEquals(Optional.of(DtlsFailure.NO_SRTP_PROFILE), other.failure);
    }

    @Test
    void peersThatAreNotSecureEnoughAreRefused() {
        assertEquals(
                DtlsFailure.INSECURE_PEER,
                refusal(hello -> hello.values().remove(Extensions.EXTENDED_MASTER_SECRET)));
        assertEquals(
                DtlsFailure.INSECURE_PEER, refusal(hello -> hello.values().remove(Extensions.RENEGOTIATION_INFO)));
        assertEquals(
                DtlsFailure.INSECURE_PEER,
                refusal(hello -> hello.values().put(Extensions.RENEGOTIATION_INFO, new byte[] {1, 5})));
        assertEquals(
                DtlsFailure.NOTHING_IN_COMMON,
                refusal(hello -> hello.values().put(Extensions.SUPPORTED_GROUPS, new byte[] {0, 2, 0, 30})));
        assertEquals(
                DtlsFailure.NOTHING_IN_COMMON,
                refusal(hello -> hello.values().put(Extensions.SIGNATURE_ALGORITHMS, new byte[] {0, 2, 2, 3})));
        assertEquals(
                DtlsFailure.NOTHING_IN_COMMON,
                refusal(hello -> hello.values().put(Extensions.SUPPORTED_VERSIONS, new byte[] {2, -2, -4})));
    }

    @Test
    void aClientThatOffersDtls13AndOneTwoIsAnsweredInOneTwo() {
        server.endpoint.receive(
                NOW,
                record(hello(hello -> {
                    hello.values()
                            .put(Extensions.SUPPORTED_VERSIONS,
                                    new byte[] {4, -2, -4, -2, -3});
                    // X25519MLKEM768 first, as browsers offer it, with its key share.
                    hello.values().put(Extensions.SUPPORTED_GROUPS, new byte[] {0, 6, 0x11, (byte) 0xec, 0, 29, 0, 23});
                    hello.values().put(51, new byte[1258]);
                })),
                server);
        assertTrue(server.sent.size() > 0);
        var first = DtlsRecord.next(new ByteReader(server.sent.getFirst())).orElseThrow();
        var fragment = Reassembly.Fragment.next(new ByteReader(first.body())).orElseThrow();
        var answer = ServerHello.parse(fragment.content()).orElseThrow();
        assertEquals(DtlsRecord.DTLS_1_2, answer.version());
    }

    @Test
    void aForgedAlertDoesNotEndAHandshakeThatGoesOn() {
        client.endpoint.start(NOW, client);
        server.receive(NOW, client.take());
        var alert = forge.write(DtlsRecord.ALERT, 0, DtlsRecord.DTLS_1_2, new byte[] {2, 40});
        server.endpoint.receive(NOW, alert, server);
        client.endpoint.receive(NOW, alert, client);
        client.receive(NOW + 1, server.take());
        server.receive(NOW + 1, client.take());
        client.receive(NOW + 1, server.take());
        assertEquals(2, client.connected + server.connected);
        server.endpoint.receive(NOW, alert, server);
        server.endpoint.timeout(NOW + 20 * Peers.SECOND, server);
        assertEquals(0, client.failed + server.failed);
    }

    @Test
    void anAlertAndThenSilenceEndsTheHandshakeSoon() {
        client.endpoint.start(NOW, client);
        var alert = forge.write(DtlsRecord.ALERT, 0, DtlsRecord.DTLS_1_2, new byte[] {2, 40});
        client.endpoint.receive(NOW, alert, client);
        client.endpoint.timeout(NOW + DtlsEndpoint.SUSPICION, client);
        assertEquals(Optional.of(DtlsFailure.PEER_ALERT), client.failure);
    }

    @Test
    void aHalfOpenHandshakeEndsAndCostsFewDatagrams() {
        client.endpoint.start(NOW, client);
        server.receive(NOW, client.take());
        while (server.failure.isEmpty()) {
            server.endpoint.timeout(server.endpoint.nextTimeout(), server);
        }
        assertEquals(Optional.of(DtlsFailure.TIMEOUT), server.failure);
        assertTrue(server.sent.size() <= 12, "but " + server.sent.size());
        server.receive(NOW + 11 * Peers.SECOND, client.take());
        assertEquals(1, server.failed);
    }

    @Test
    void aFloodOfRepeatedHellosIsNotAnsweredByAFlood() {
        client.endpoint.start(NOW, client);
        var hello = client.take();
        for (int i = 0; i < 10_000; i++) {
            server.receive(NOW + i * 10_000L, hello);
        }
        assertTrue(server.sent.size() <= 2, "within 100 ms one flight, but " + server.sent.size() + " datagrams");
    }

    @Test
    void nothingIsSentToAnybodyWhoDidNotSpeak() {
        server.endpoint.start(NOW, server);
        server.endpoint.timeout(NOW + 10 * Peers.SECOND, server);
        assertEquals(List.of(), server.sent);
        assertEquals(Optional.of(DtlsFailure.TIMEOUT), server.failure);
    }

    @Test
    void recordsOfAnEpochWithoutKeysAreKeptOnlyInSmallNumber() {
        for (int i = 0; i < 1000; i++) {
            var body = new ByteWriter().u8(22).u16(0xfefd).u16(1).u48(i).opaque16(new byte[1000]).toBytes();
            server.endpoint.receive(NOW, body, server);
        }
        assertEquals(992, server.drops.of(Drop.NOT_CONNECTED));
        assertStillConnects();
    }

    @Test
    void aPlainFinishedIsNeverTaken() {
        client.endpoint.start(NOW, client);
        server.receive(NOW, client.take());
        client.receive(NOW, server.take());
        var plain = new HandshakeMessage(HandshakeMessage.FINISHED, 4, 0, new byte[12]).whole();
        server.endpoint.receive(NOW, record(plain), server);
        server.receive(NOW, client.take());
        assertEquals(1, server.connected);
        assertEquals(0, server.failed);
    }

    @Test
    void badKeySharesEndTheHandshake() {
        for (var share : List.of(new byte[32], new byte[31], new byte[0], new byte[65])) {
            var meeting = new Peer[] {Peers.client(), Peers.server()};
            meeting[0].endpoint.start(NOW, meeting[0]);
            meeting[1].receive(NOW, meeting[0].take());
            meeting[1].take();
            meeting[1].endpoint.receive(
                    NOW,
                    record(new HandshakeMessage(11, 1, 0, Messages.certificate(Peers.ALICE.encoded())).whole()),
                    meeting[1]);
            meeting[1].endpoint.receive(
                    NOW, record(new HandshakeMessage(16, 2, 0, Messages.clientKeyExchange(share)).whole()), meeting[1]);
            assertEquals(Optional.of(DtlsFailure.PROTOCOL_ERROR), meeting[1].failure, "share of " + share.length);
        }
    }

    @Test
    void aPointThatIsNotOnTheCurveIsRefused() throws Exception {
        var share = NamedGroup.SECP256R1.generate(Peers.RANDOM);
        var good = NamedGroup.SECP256R1.generate(Peers.RANDOM).publicBytes();
        assertEquals(32, share.agree(good).length);
        for (int at : new int[] {0, 1, 40, 64}) {
            var bad = good.clone();
            bad[at] ^= 1;
            var thrown = assertThrows(HandshakeException.class, () -> share.agree(bad));
            assertEquals(Alert.ILLEGAL_PARAMETER, thrown.alert());
        }
    }

    private DtlsFailure refusal(Consumer<Extensions> change) {
        var victim = Peers.server();
        victim.endpoint.receive(NOW, record(hello(change)), victim);
        victim.endpoint.timeout(NOW + DtlsEndpoint.SUSPICION, victim);
        return victim.failure.orElseThrow();
    }

    private static byte[] hello(Consumer<Extensions> change) {
        var extensions =
                new Extensions(new LinkedHashMap<>(Extensions.ofClient(List.of(SrtpProfile.values())).values()));
        change.accept(extensions);
        var hello = new ClientHello(
                DtlsRecord.DTLS_1_2, new byte[32], new byte[0], new byte[0], new int[] {0xc02b}, extensions);
        return new HandshakeMessage(HandshakeMessage.CLIENT_HELLO, 0, 0, hello.encode()).whole();
    }

    private byte[] record(byte[] handshake) {
        return forge.write(DtlsRecord.HANDSHAKE, 0, DtlsRecord.DTLS_1_2, handshake);
    }

    private void forged(byte[] handshake) {
        server.endpoint.receive(NOW, record(handshake), server);
    }

    private void assertStillConnects() {
        assertEquals(0, server.failed);
        Peers.exchange(NOW, client, server);
        assertEquals(1, server.connected);
        assertEquals(1, client.connected);
        assertEquals(new ArrayList<>(), server.sent);
    }

    private static long total(Peer peer) {
        return peer.drops.snapshot().values().stream().mapToLong(Long::longValue).sum();
    }
}
