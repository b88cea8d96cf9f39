package dev.parley.sfu.engine.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.sfu.engine.dtls.BcPeer.Setup;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.dtls.Peers.Peer;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.junit.jupiter.api.Test;

/**
 * Against an implementation that shares no line with ours: Bouncy Castle's protocol on Bouncy Castle's cryptography.
 */
class BouncyCastleTest {
    private static final short RSA = SignatureAlgorithm.rsa;
    private static final short RSA_PSS = SignatureAlgorithm.rsa_pss_rsae_sha256;

    @Test
    void itsClientConnectsToOurServerWithEverySuiteAndProfile() throws Exception {
        for (var setup : BcPeer.all()) {
            var server = server(Peers.ALICE);
            var material = new BcPeer(setup).connectTo(server);
            assertSameKeys(material, server.keys.orElseThrow(), false);
        }
    }

    @Test
    void ourClientConnectsToItsServerWithEverySuiteAndProfile() throws Exception {
        for (var setup : BcPeer.all()) {
            var client = client(Peers.ALICE);
            var material = new BcPeer(setup).accept(client);
            assertSameKeys(material, client.keys.orElseThrow(), true);
        }
    }

    @Test
    void ourClientAnswersAHelloVerifyRequest() throws Exception {
        var client = client(Peers.ALICE);
        var material = new BcPeer(BcPeer.all().getFirst().withHelloVerifyRequest()).accept(client);
        assertSameKeys(material, client.keys.orElseThrow(), true);
    }

    @Test
    void ourServerReassemblesAClientHelloOfTwoDatagrams() throws Exception {
        var server = server(Peers.ALICE);
        var material = new BcPeer(BcPeer.all().getFirst().withPadding(1400)).connectTo(server);
        assertSameKeys(material, server.keys.orElseThrow(), false);
    }

    @Test
    void itsClientMayHaveAnRsaCertificate() throws Exception {
        var rsa = Peers.rsa();
        for (short signature : List.of(RSA, RSA_PSS)) {
            var server = server(rsa);
            var material = new BcPeer(Setup.of(0xc02b, 0x0007, rsa, signature)).connectTo(server);
            assertSameKeys(material, server.keys.orElseThrow(), false);
        }
    }

    @Test
    void itsServerMayHaveAnRsaCertificate() throws Exception {
        var rsa = Peers.rsa();
        var client = client(rsa);
        var material = new BcPeer(Setup.of(0xc02f, 0x0007, rsa, RSA)).accept(client);
        assertSameKeys(material, client.keys.orElseThrow(), true);
    }

    @Test
    void aClientWithoutCertificateIsRefused() throws Exception {
        var server = server(Peers.ALICE);
        new BcPeer(BcPeer.all().getFirst().withoutCertificate()).connectTo(server);
        assertEquals(Optional.of(DtlsFailure.NO_CERTIFICATE), server.failure);
        assertEquals(0, server.connected);
    }

    @Test
    void itsCloseIsHeard() throws Exception {
        var server = server(Peers.ALICE);
        var peer = new BcPeer(BcPeer.all().getFirst());
        peer.connectTo(server);
        peer.closeAndDeliver(server);
        assertEquals(1, server.closed);
    }

    private static Peer server(DtlsCertificate theirs) {
        return new Peer(Role.SERVER, Peers.BOB, theirs.fingerprints(), DtlsConfig.defaults());
    }

    private static Peer client(DtlsCertificate theirs) {
        return new Peer(Role.CLIENT, Peers.BOB, theirs.fingerprints(), DtlsConfig.defaults());
    }

    /** RFC 5764, 4.2: client key, server key, client salt, server salt. */
    private static void assertSameKeys(byte[] material, SrtpKeys ours, boolean weAreClient) {
        var profile = ours.profile();
        var asClient = weAreClient ? ours : ours.mirrored();
        assertTrue(material.length > 0);
        var expected = new ByteWriter()
                .bytes(asClient.localKey())
                .bytes(asClient.remoteKey())
                .bytes(asClient.localSalt())
                .bytes(asClient.remoteSalt())
                .toBytes();
        assertEquals(profile.keyingMaterialLength(), expected.length);
        assertArrayEquals(material, expected);
    }
}
