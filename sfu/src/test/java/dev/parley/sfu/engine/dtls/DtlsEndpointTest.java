package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.dtls.Peers.Peer;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DtlsEndpointTest {
    private static final long NOW = 42 * Peers.SECOND;

    @Test
    void bothSidesConnectWithTheSameKeys() {
        var client = Peers.client();
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        assertEquals(1, client.connected);
        assertEquals(1, server.connected);
        assertEquals(SrtpProfile.AEAD_AES_128_GCM, server.keys.orElseThrow().profile());
        assertTrue(Peers.same(client.keys.orElseThrow(), server.keys.orElseThrow().mirrored()));
        assertEquals(Long.MAX_VALUE, client.endpoint.nextTimeout());
        assertEquals(Long.MAX_VALUE, server.endpoint.nextTimeout());
        assertEquals(0, client.drops.snapshot().size());
        assertEquals(0, server.drops.snapshot().size());
    }

    @Test
    void everyProfileCanBeAgreedOnAndTheServerPrefers() {
        for (var profile : SrtpProfile.values()) {
            var client = Peers.client(DtlsConfig.defaults().withSrtpProfiles(List.of(profile)));
            var server = Peers.server();
            Peers.exchange(NOW, client, server);
            assertEquals(profile, server.keys.orElseThrow().profile());
            assertTrue(Peers.same(client.keys.orElseThrow(), server.keys.orElseThrow().mirrored()));
        }
        var client = Peers.client(DtlsConfig.defaults()
                .withSrtpProfiles(List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_256_GCM)));
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        assertEquals(SrtpProfile.AEAD_AES_256_GCM, server.keys.orElseThrow().profile());
    }

    @Test
    void noCommonProfileFailsBothSides() {
        var client =
                Peers.client(DtlsConfig.defaults().withSrtpProfiles(List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80)));
        var server = Peers.server(DtlsConfig.defaults().withSrtpProfiles(List.of(SrtpProfile.AEAD_AES_256_GCM)));
        Peers.exchange(NOW, client, server);
        client.endpoint.timeout(NOW + DtlsEndpoint.SUSPICION, client);
        server.endpoint.timeout(NOW + DtlsEndpoint.SUSPICION, server);
        assertEquals(Optional.of(DtlsFailure.NO_SRTP_PROFILE), server.failure);
        assertEquals(Optional.of(DtlsFailure.PEER_ALERT), client.failure);
    }

    @Test
    void peersWithOtherKindsOfKeysConnectInBothRoles() {
        for (var theirs : List.of(Peers.rsa(), Peers.p384())) {
            for (var role : Role.values()) {
                var other = role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
                var one = new Peer(role, theirs, Peers.BOB.fingerprints(), DtlsConfig.defaults());
                var two = new Peer(other, Peers.BOB, theirs.fingerprints(), DtlsConfig.defaults());
                Peers.exchange(NOW, role == Role.CLIENT ? one : two, role == Role.CLIENT ? two : one);
                assertTrue(
                        Peers.same(one.keys.orElseThrow(), two.keys.orElseThrow().mirrored()),
                        theirs.key().getAlgorithm() + " " + role);
            }
        }
    }

    @Test
    void eachSignalledHashAloneSuffices() {
        for (var fingerprint : Peers.ALICE.fingerprints()) {
            var client = Peers.client();
            var server = new Peer(Role.SERVER, Peers.BOB, List.of(fingerprint), DtlsConfig.defaults());
            Peers.exchange(NOW, client, server);
            assertEquals(1, server.connected, fingerprint.algorithm());
        }
    }

    @Test
    void oneOfSeveralFingerprintsOfTheBestHashSuffices() {
        var client = Peers.client();
        var expected = List.of(
                DtlsFingerprint.of("sha-256", Peers.BOB.encoded()),
                DtlsFingerprint.of("sha-256", Peers.ALICE.encoded()));
        var server = new Peer(Role.SERVER, Peers.BOB, expected, DtlsConfig.defaults());
        Peers.exchange(NOW, client, server);
        assertEquals(1, server.connected);
    }

    @Test
    void aWrongFingerprintFailsOnEitherSide() {
        var stranger = DtlsCertificate.generate(Peers.RANDOM).fingerprints();
        var client = Peers.client();
        var server = new Peer(Role.SERVER, Peers.BOB, stranger, DtlsConfig.defaults());
        Peers.exchange(NOW, client, server);
        assertEquals(Optional.of(DtlsFailure.FINGERPRINT_MISMATCH), server.failure);
        assertEquals(0, server.connected + client.connected);

        client = new Peer(Role.CLIENT, Peers.ALICE, stranger, DtlsConfig.defaults());
        server = Peers.server();
        Peers.exchange(NOW, client, server);
        assertEquals(Optional.of(DtlsFailure.FINGERPRINT_MISMATCH), client.failure);
        assertEquals(0, server.connected + client.connected);
    }

    @Test
    void aWeakHashThatMatchesDoesNotMakeUpForAStrongOneThatDoesNot() {
        var mixed = List.of(
                DtlsFingerprint.of("sha-1", Peers.ALICE.encoded()), DtlsFingerprint.of("sha-256", Peers.BOB.encoded()));
        var server = new Peer(Role.SERVER, Peers.BOB, mixed, DtlsConfig.defaults());
        Peers.exchange(NOW, Peers.client(), server);
        assertEquals(Optional.of(DtlsFailure.FINGERPRINT_MISMATCH), server.failure);
    }

    @Test
    void aStolenCertificateWithoutItsKeyFailsOnEitherSide() throws Exception {
        var thief = stolen(Peers.ALICE);
        var client = new Peer(Role.CLIENT, thief, Peers.BOB.fingerprints(), DtlsConfig.defaults());
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        assertEquals(Optional.of(DtlsFailure.BAD_SIGNATURE), server.failure);

        client = Peers.client();
        server = new Peer(Role.SERVER, stolen(Peers.BOB), Peers.ALICE.fingerprints(), DtlsConfig.defaults());
        Peers.exchange(NOW, client, server);
        assertEquals(Optional.of(DtlsFailure.BAD_SIGNATURE), client.failure);
        assertEquals(0, server.connected + client.connected);
    }

    private static DtlsCertificate stolen(DtlsCertificate victim) throws Exception {
        var parser = CertificateFactory.getInstance("X.509");
        var certificate = (X509Certificate) parser.generateCertificate(new ByteArrayInputStream(victim.encoded()));
        return DtlsCertificate.of(DtlsCertificate.generate(Peers.RANDOM).key(), certificate);
    }

    @Test
    void rsaKeysThatAreTooShortOrTooCostlyAreRefused() throws Exception {
        var costly = BigInteger.TWO.pow(80).add(BigInteger.ONE);
        for (var spec : List.of(
                new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4), new RSAKeyGenParameterSpec(2048, costly))) {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(spec, Peers.RANDOM);
            var theirs = DtlsCertificate.selfSigned(generator.generateKeyPair(), "SHA256withRSA", Peers.RANDOM);
            var server = new Peer(Role.SERVER, Peers.BOB, theirs.fingerprints(), DtlsConfig.defaults());
            var client = new Peer(Role.CLIENT, theirs, Peers.BOB.fingerprints(), DtlsConfig.defaults());
            Peers.exchange(NOW, client, server);
            assertEquals(Optional.of(DtlsFailure.BAD_SIGNATURE), server.failure);
        }
    }

    @Test
    void anEmptyListOfFingerprintsIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DtlsEndpoint(
                        Role.SERVER, Peers.BOB, List.of(), Peers.RANDOM, DtlsConfig.defaults(), new DropCounters()));
    }

    @Test
    void closingTellsThePeer() {
        var client = Peers.client();
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        client.endpoint.close(NOW, client);
        server.receive(NOW, client.take());
        assertEquals(1, server.closed);
        assertEquals(1, server.sent.size());
        server.receive(NOW, server.take());
        assertEquals(0, client.closed + server.failed + client.failed);
        assertEquals(1, server.drops.of(Drop.NOT_CONNECTED));
    }

    @Test
    void theHandshakeIsGivenUpAfterTenSeconds() {
        var client = Peers.client();
        client.endpoint.start(NOW, client);
        var times = new ArrayList<Long>();
        while (client.failure.isEmpty()) {
            times.add((client.endpoint.nextTimeout() - NOW) / Peers.MILLI);
            client.endpoint.timeout(client.endpoint.nextTimeout(), client);
        }
        assertEquals(List.of(400L, 1200L, 2800L, 5800L, 8800L, 10_000L), times);
        assertEquals(Optional.of(DtlsFailure.TIMEOUT), client.failure);
        assertEquals(6, client.sent.size());
        assertEquals(Long.MAX_VALUE, client.endpoint.nextTimeout());
    }

    @Test
    void aRenegotiationIsRefusedOnceAndTheSessionStays() throws Exception {
        var client = Peers.client();
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        var hello = new ClientHello(
                DtlsRecord.DTLS_1_2,
                new byte[32],
                new byte[0],
                new byte[0],
                new int[] {0xc02b},
                Extensions.ofClient(List.of(SrtpProfile.AEAD_AES_128_GCM)));
        var message = new HandshakeMessage(HandshakeMessage.CLIENT_HELLO, 5, 1, hello.encode());
        for (int i = 0; i < 3; i++) {
            server.endpoint.receive(
                    NOW,
                    recordsOf(client.endpoint).write(DtlsRecord.HANDSHAKE, 1, DtlsRecord.DTLS_1_2, message.whole()),
                    server);
        }
        assertEquals(1, server.sent.size());
        assertEquals(3, server.drops.of(Drop.DTLS_UNEXPECTED));
        client.endpoint.close(NOW, client);
        server.receive(NOW, client.take());
        assertEquals(1, server.closed);
    }

    @Test
    void repeatedAndForgedRecordsAreCountedAndChangeNothing() throws Exception {
        var client = Peers.client();
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        var record = recordsOf(client.endpoint).write(DtlsRecord.APPLICATION_DATA, 1, DtlsRecord.DTLS_1_2, new byte[9]);
        server.endpoint.receive(NOW, record, server);
        server.endpoint.receive(NOW, record, server);
        assertEquals(1, server.drops.of(Drop.DTLS_UNEXPECTED));
        assertEquals(1, server.drops.of(Drop.DTLS_REPLAY));
        record[10]++;
        server.endpoint.receive(NOW, record, server);
        assertEquals(1, server.drops.of(Drop.DTLS_AUTHENTICATION));
        assertEquals(0, server.failed + server.closed);
    }

    @Test
    void anAuthenticFatalAlertEndsTheSession() throws Exception {
        var client = Peers.client();
        var server = Peers.server();
        Peers.exchange(NOW, client, server);
        var alert = recordsOf(client.endpoint)
                .write(DtlsRecord.ALERT, 1, DtlsRecord.DTLS_1_2, Alert.INTERNAL_ERROR.encode());
        server.endpoint.receive(NOW, alert, server);
        assertEquals(Optional.of(DtlsFailure.PEER_ALERT), server.failure);
    }

    @Test
    void theKeyLogLearnsOneSecretThatBothSidesShare() {
        var lines = new ArrayList<String>();
        var hex = HexFormat.of();
        var config = DtlsConfig.defaults()
                .withKeyLog((random, master) -> lines.add(hex.formatHex(random) + hex.formatHex(master)));
        Peers.exchange(NOW, Peers.client(config), Peers.server(config));
        assertEquals(2, lines.size());
        assertEquals(lines.getFirst(), lines.getLast());
    }

    @Test
    void certificatesAreFreshAndTheirFingerprintsInOrder() {
        assertFalse(Arrays.equals(Peers.ALICE.encoded(), Peers.BOB.encoded()));
        assertEquals(
                List.of("sha-256", "sha-1", "sha-224", "sha-384", "sha-512"),
                Peers.ALICE.fingerprints().stream().map(DtlsFingerprint::algorithm).toList());
        assertTrue(Peers.ALICE.fingerprints().getFirst().value().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    }

    @Test
    void fingerprintsFromOutsideAreNormalisedOrRefused() {
        var own = Peers.ALICE.fingerprints().getFirst();
        var lowerCase = own.value().toLowerCase(Locale.ROOT);
        assertEquals(Optional.of(own), DtlsFingerprint.parse("SHA-256", lowerCase));
        assertEquals(Optional.empty(), DtlsFingerprint.parse("md5", "00:11"));
        assertEquals(Optional.empty(), DtlsFingerprint.parse("sha-256", own.value().substring(3)));
        assertEquals(Optional.empty(), DtlsFingerprint.parse("sha-256", own.value().replace(':', ' ')));
        assertEquals(Optional.empty(), DtlsFingerprint.parse("sha-256", ""));
    }

    @Test
    void thePseudoRandomFunctionMatchesThePublishedVector() {
        // The vector for TLS 1.2 with SHA-256 that the IETF's TLS list has used since 2009.
        var hex = HexFormat.of();
        var output = KeySchedule.prf(
                CipherSuite.ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                hex.parseHex("9bbe436ba940f017b17652849a71db35"),
                "test label",
                hex.parseHex("a0ba9f936cda311827a6f796ffd5198c"),
                32);
        assertArrayEquals(hex.parseHex("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a"), output);
    }

    @Test
    void theReplayWindowTellsNewFromSeen() {
        var window = new ReplayWindow();
        for (long sequence : new long[] {0, 5, 3, 70, 100}) {
            assertTrue(window.isNew(sequence));
            window.mark(sequence);
            assertFalse(window.isNew(sequence));
        }
        assertFalse(window.isNew(36));
        assertTrue(window.isNew(37));
        assertTrue(window.isNew(99));
        assertFalse(window.isNew(70));
    }

    /** The record layer of an endpoint, to say what an endpoint of ours never would. */
    private static RecordLayer recordsOf(DtlsEndpoint endpoint) throws Exception {
        var field = DtlsEndpoint.class.getDeclaredField("records");
        field.setAccessible(true);
        return (RecordLayer) field.get(endpoint);
    }
}
