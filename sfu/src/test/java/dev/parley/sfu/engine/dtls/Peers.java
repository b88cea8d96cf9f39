package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates and endpoints for the tests. */
final class Peers {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsCertificate ALICE = DtlsCertificate.generate(RANDOM);
    static final DtlsCertificate BOB = DtlsCertificate.generate(RANDOM);

    private Peers() {}

    /** An endpoint with all that it did. */
    static final class Peer implements DtlsEndpoint.Out {
        final DropCounters drops = new DropCounters();
        final DtlsEndpoint endpoint;
        final List<byte[]> sent = new ArrayList<>();
        Optional<SrtpKeys> keys = Optional.empty();
        Optional<DtlsFailure> failure = Optional.empty();
        int connected;
        int failed;
        int closed;

        Peer(DtlsEndpoint.Role role, DtlsCertificate own, List<DtlsFingerprint> expected, DtlsConfig config) {
            this(role, own, expected, config, RANDOM);
        }

        Peer(
                DtlsEndpoint.Role role,
                DtlsCertificate own,
                List<DtlsFingerprint> expected,
                DtlsConfig config,
                SecureRandom random) {
            endpoint = new DtlsEndpoint(role, own, expected, random, config, drops);
        }

        /** What was sent since the last time. */
        List<byte[]> take() {
            var taken = List.copyOf(sent);
            sent.clear();
            return taken;
        }

        void receive(long now, List<byte[]> datagrams) {
            datagrams.forEach(datagram -> endpoint.receive(now, datagram, this));
        }

        @Override
        public void send(byte[] datagram) {
            sent.add(datagram);
        }

        @Override
        public void connected(SrtpKeys fresh) {
            keys = Optional.of(fresh);
            connected++;
        }

        @Override
        public void failed(DtlsFailure why) {
            failure = Optional.of(why);
            failed++;
        }

        @Override
        public void closed() {
            closed++;
        }
    }

    static Peer client() {
        return client(DtlsConfig.defaults());
    }

    static Peer client(DtlsConfig config) {
        return new Peer(DtlsEndpoint.Role.CLIENT, ALICE, BOB.fingerprints(), config);
    }

    static Peer server() {
        return server(DtlsConfig.defaults());
    }

    static Peer server(DtlsConfig config) {
        return new Peer(DtlsEndpoint.Role.SERVER, BOB, ALICE.fingerprints(), config);
    }

    /** Carries everything back and forth at one moment until nobody says anything more. */
    static void exchange(long now, Peer client, Peer server) {
        client.endpoint.start(now, client);
        server.endpoint.start(now, server);
        while (!client.sent.isEmpty() || !server.sent.isEmpty()) {
            server.receive(now, client.take());
            client.receive(now, server.take());
        }
    }

    static DtlsCertificate rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, RANDOM);
            return DtlsCertificate.selfSigned(generator.generateKeyPair(), "SHA256withRSA", RANDOM);
        } catch (java.security.GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    static DtlsCertificate p384() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new java.security.spec.ECGenParameterSpec("secp384r1"), RANDOM);
            return DtlsCertificate.selfSigned(generator.generateKeyPair(), "SHA384withECDSA", RANDOM);
        } catch (java.security.GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    static boolean same(SrtpKeys one, SrtpKeys two) {
        return one.profile() == two.profile()
                && java.util.Arrays.equals(one.localKey(), two.localKey())
                && java.util.Arrays.equals(one.localSalt(), two.localSalt())
                && java.util.Arrays.equals(one.remoteKey(), two.remoteKey())
                && java.util.Arrays.equals(one.remoteSalt(), two.remoteSalt());
    }
}
