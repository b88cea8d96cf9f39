package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.dtls.Peers.Peer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DTLSVerifier;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** Bouncy Castle's DTLS on a thread of its own, as an independent peer of one of our endpoints. */
final class BcPeer implements DatagramTransport {
    /** What the peer is to do. */
    record Setup(
            int suite,
            int srtpProfile,
            Optional<DtlsCertificate> certificate,
            short signature,
            boolean helloVerifyRequest,
            int paddingExtension) {
        static Setup of(int suite, int srtpProfile, DtlsCertificate certificate, short signature) {
            return new Setup(suite, srtpProfile, Optional.of(certificate), signature, false, 0);
        }

        Setup withHelloVerifyRequest() {
            return new Setup(suite, srtpProfile, certificate, signature, true, paddingExtension);
        }

        Setup withPadding(int bytes) {
            return new Setup(suite, srtpProfile, certificate, signature, helloVerifyRequest, bytes);
        }

        Setup withoutCertificate() {
            return new Setup(suite, srtpProfile, Optional.empty(), signature, helloVerifyRequest, paddingExtension);
        }
    }

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int LARGEST = 1200;

    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final BlockingQueue<byte[]> toUs = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> toIt = new LinkedBlockingQueue<>();
    private final CompletableFuture<byte[]> keyingMaterial = new CompletableFuture<>();
    private final CompletableFuture<DTLSTransport> transport = new CompletableFuture<>();
    private final Setup setup;

    BcPeer(Setup setup) {
        this.setup = setup;
    }

    /** Runs it as the client against our server until both are done, and gives its exported keying material. */
    byte[] connectTo(Peer server) throws Exception {
        Thread.ofVirtual().start(() -> complete(() -> new DTLSClientProtocol().connect(new Client(), this)));
        return drive(server);
    }

    /** Runs it as the server against our client. */
    byte[] accept(Peer client) throws Exception {
        Thread.ofVirtual().start(() -> complete(this::serve));
        client.endpoint.start(System.nanoTime(), client);
        return drive(client);
    }

    /** Closes its side, and gives the datagrams to ours. */
    void closeAndDeliver(Peer ours) throws Exception {
        transport.get(20, TimeUnit.SECONDS).close();
        for (byte[] datagram = toUs.poll(); datagram != null; datagram = toUs.poll()) {
            ours.endpoint.receive(System.nanoTime(), datagram, ours);
        }
    }

    private interface Handshaking {
        DTLSTransport run() throws IOException;
    }

    private void complete(Handshaking handshaking) {
        try {
            transport.complete(handshaking.run());
        } catch (IOException | RuntimeException refused) {
            keyingMaterial.completeExceptionally(refused);
            transport.completeExceptionally(refused);
        }
    }

    private DTLSTransport serve() throws IOException {
        var protocol = new DTLSServerProtocol();
        if (!setup.helloVerifyRequest()) {
            return protocol.accept(new Server(), this);
        }
        var verifier = new DTLSVerifier(crypto);
        DTLSRequest request = null;
        var buffer = new byte[2048];
        while (request == null) {
            int length = receive(buffer, 0, buffer.length, 20_000);
            request = verifier.verifyRequest(new byte[] {1, 2, 3}, buffer, 0, length, this);
        }
        return protocol.accept(new Server(), this, request);
    }

    private byte[] drive(Peer ours) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!transport.isDone() || ours.connected + ours.failed == 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no end after 20 s: " + ours.failure + " " + transport);
            }
            toIt.addAll(ours.take());
            byte[] datagram = toUs.poll(20, TimeUnit.MILLISECONDS);
            if (datagram != null) {
                ours.endpoint.receive(System.nanoTime(), datagram, ours);
            }
            ours.endpoint.timeout(System.nanoTime(), ours);
            toIt.addAll(ours.take());
        }
        return keyingMaterial.isCompletedExceptionally() ? new byte[0] : keyingMaterial.get(20, TimeUnit.SECONDS);
    }

    private void export(TlsContext context) {
        var profile = dev.parley.sfu.engine.srtp.SrtpProfile.ofId(setup.srtpProfile()).orElseThrow();
        keyingMaterial.complete(
                context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, profile.keyingMaterialLength()));
    }

    private TlsCredentialedSigner credentials(TlsContext context) throws IOException {
        var own = setup.certificate().orElseThrow();
        var chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(own.encoded())});
        var signature = setup.signature() == SignatureAlgorithm.rsa_pss_rsae_sha256
                ? SignatureAndHashAlgorithm.rsa_pss_rsae_sha256
                : SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, setup.signature());
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                PrivateKeyFactory.createKey(own.key().getEncoded()),
                chain,
                signature);
    }

    private final class Client extends DefaultTlsClient {
        private Client() {
            super(BcPeer.this.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {setup.suite()};
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {setup.srtpProfile()}, TlsUtils.EMPTY_BYTES));
            if (setup.paddingExtension() > 0) {
                extensions.put(0x7a7a, new byte[setup.paddingExtension()]);
            }
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return setup.certificate().isPresent() ? credentials(context) : null;
                }
            };
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            export(context);
        }
    }

    private final class Server extends DefaultTlsServer {
        private Server() {
            super(BcPeer.this.crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.DTLSv12.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {setup.suite()};
        }

        @Override
        protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
            return credentials(context);
        }

        @Override
        protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
            return credentials(context);
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            Vector<?> algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
            return new CertificateRequest(new short[] {64, 1}, algorithms, null);
        }

        @Override
        public void notifyClientCertificate(Certificate certificate) throws IOException {
            if (certificate.isEmpty()) {
                throw new IOException("our client must show its certificate");
            }
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Hashtable getServerExtensions() throws IOException {
            Hashtable extensions = super.getServerExtensions();
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {setup.srtpProfile()}, TlsUtils.EMPTY_BYTES));
            return extensions;
        }

        @Override
        public void notifyHandshakeComplete() throws IOException {
            super.notifyHandshakeComplete();
            export(context);
        }
    }

    @Override
    public int getReceiveLimit() {
        return 2048;
    }

    @Override
    public int getSendLimit() {
        return LARGEST;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram = toIt.poll(waitMillis == 0 ? 20_000 : waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, buffer, offset, datagram.length);
            return datagram.length;
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        toUs.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public void close() {}

    static List<Setup> all() {
        return List.of(
                Setup.of(0xc02b, 0x0007, Peers.ALICE, SignatureAlgorithm.ecdsa),
                Setup.of(0xc02c, 0x0008, Peers.ALICE, SignatureAlgorithm.ecdsa),
                Setup.of(0xc02b, 0x0001, Peers.ALICE, SignatureAlgorithm.ecdsa));
    }
}
