package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.util.Optional;

/**
 * The server's steps (RFC 5246, 7.3, with client authentication; RFC 6347, 4.2.4).
 *
 * <pre>
 *   ClientHello                          ->
 *                                        <-  ServerHello, Certificate, ServerKeyExchange,
 *                                            CertificateRequest, ServerHelloDone
 *   Certificate, ClientKeyExchange,
 *   CertificateVerify, [CCS], Finished   ->
 *                                        <-  [CCS], Finished
 * </pre>
 *
 * There is no HelloVerifyRequest: ICE has shown that the address is the peer's, and the ClientHello of a browser spans
 * two datagrams, which a server cannot answer statelessly.
 */
final class ServerHandshake implements Handshake {
    private sealed interface Step {
        record AwaitHello() implements Step {}

        record AwaitCertificate(Negotiated negotiated, KeyShare share) implements Step {}

        record AwaitKeyExchange(Negotiated negotiated, KeyShare share, PeerCertificate peer) implements Step {}

        record AwaitVerify(Negotiated negotiated, PeerCertificate peer, KeySchedule keys) implements Step {}

        record AwaitFinished(Negotiated negotiated, KeySchedule keys) implements Step {}

        record Done(SrtpKeys result) implements Step {}
    }

    private final HandshakeContext context;
    private Step step = new Step.AwaitHello();

    ServerHandshake(HandshakeContext context) {
        this.context = context;
    }

    @Override
    public void begin() {
        // A server waits.
    }

    @Override
    public Optional<SrtpKeys> result() {
        return step instanceof Step.Done(var result) ? Optional.of(result) : Optional.empty();
    }

    @Override
    public boolean take(HandshakeMessage message) throws HandshakeException {
        return switch (step) {
            case Step.AwaitHello _ -> message.type() == HandshakeMessage.CLIENT_HELLO && hello(message);
            case Step.AwaitCertificate now ->
                message.type() == HandshakeMessage.CERTIFICATE && certificate(now, message);
            case Step.AwaitKeyExchange now ->
                message.type() == HandshakeMessage.CLIENT_KEY_EXCHANGE && keyExchange(now, message);
            case Step.AwaitVerify now -> message.type() == HandshakeMessage.CERTIFICATE_VERIFY && verify(now, message);
            case Step.AwaitFinished now -> message.type() == HandshakeMessage.FINISHED && finished(now, message);
            case Step.Done _ -> false;
        };
    }

    private boolean hello(HandshakeMessage message) throws HandshakeException {
        var parsed = ClientHello.parse(message.body());
        if (parsed.isEmpty()) {
            return false;
        }
        var hello = parsed.get();
        // Versions of DTLS count downwards: 1.0 is 0xfeff, 1.2 is 0xfefd.
        if (hello.version() > DtlsRecord.DTLS_1_2 || !hello.extensions().allowsDtls12()) {
            throw new HandshakeException(Alert.PROTOCOL_VERSION, DtlsFailure.NOTHING_IN_COMMON);
        }
        if (!hello.extensions().hasExtendedMasterSecret() || !hello.isSecureFirstHandshake()) {
            throw new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.INSECURE_PEER);
        }
        var suite = chooseSuite(hello);
        var profile = chooseProfile(hello);
        var group = chooseGroup(hello);
        var scheme = hello.extensions()
                .signatureAlgorithms()
                .flatMap(offered -> SignatureScheme.choose(context.own().key().getAlgorithm(), offered))
                .orElseThrow(ServerHandshake::nothingInCommon);
        context.transcript().add(message);
        answer(hello, new Negotiated(suite, profile, hello.random(), context.randomBytes()), group, scheme);
        return true;
    }

    private void answer(ClientHello hello, Negotiated negotiated, NamedGroup group, SignatureScheme scheme)
            throws HandshakeException {
        var share = group.generate(context.random());
        byte[] publicKey = share.publicBytes();
        byte[] signature = scheme.sign(
                context.own().key(),
                ServerKeyExchange.signed(negotiated, group.id(), publicKey),
                context.random());
        var flight = new Flight(DtlsRecord.DTLS_1_2);
        context.write(flight, HandshakeMessage.SERVER_HELLO, new ServerHello(
                        DtlsRecord.DTLS_1_2,
                        negotiated.serverRandom(),
                        negotiated.suite().id(),
                        Extensions.ofServer(negotiated.profile(), hello.extensions()))
                .encode());
        context.write(
                flight,
                HandshakeMessage.CERTIFICATE,
                Messages.certificate(context.own().encoded()));
        context.write(
                flight,
                HandshakeMessage.SERVER_KEY_EXCHANGE,
                new ServerKeyExchange(group.id(), publicKey, scheme.id(), signature).encode());
        context.write(flight, HandshakeMessage.CERTIFICATE_REQUEST, Messages.certificateRequest());
        context.write(flight, HandshakeMessage.SERVER_HELLO_DONE, new byte[0]);
        context.send(flight);
        step = new Step.AwaitCertificate(negotiated, share);
    }

    private boolean certificate(Step.AwaitCertificate now, HandshakeMessage message) throws HandshakeException {
        var chain = Messages.parseCertificate(message.body());
        if (chain.isEmpty()) {
            return false;
        }
        var peer = context.checkPeer(chain.get());
        context.transcript().add(message);
        step = new Step.AwaitKeyExchange(now.negotiated(), now.share(), peer);
        return true;
    }

    private boolean keyExchange(Step.AwaitKeyExchange now, HandshakeMessage message) throws HandshakeException {
        var publicKey = Messages.parseClientKeyExchange(message.body());
        if (publicKey.isEmpty()) {
            return false;
        }
        byte[] premaster = now.share().agree(publicKey.get());
        context.transcript().add(message);
        var keys = context.deriveKeys(now.negotiated(), premaster);
        step = new Step.AwaitVerify(now.negotiated(), now.peer(), keys);
        return true;
    }

    private boolean verify(Step.AwaitVerify now, HandshakeMessage message) throws HandshakeException {
        var signed = Messages.parseCertificateVerify(message.body());
        if (signed.isEmpty()) {
            return false;
        }
        // The signature is over all messages before this one (RFC 5246, 7.4.8).
        now.peer().verify(signed.get().scheme(), context.transcript().bytes(), signed.get().signature());
        context.transcript().add(message);
        step = new Step.AwaitFinished(now.negotiated(), now.keys());
        return true;
    }

    private boolean finished(Step.AwaitFinished now, HandshakeMessage message) throws HandshakeException {
        var suite = now.negotiated().suite();
        context.checkFinished(message, suite, now.keys());
        var flight = new Flight(DtlsRecord.DTLS_1_2);
        context.writeFinished(flight, suite, now.keys());
        context.send(flight);
        step = new Step.Done(now.keys().srtpKeys(now.negotiated().profile(), false));
        return true;
    }

    private CipherSuite chooseSuite(ClientHello hello) throws HandshakeException {
        for (var suite : CipherSuite.values()) {
            if (hello.offers(suite.id()) && suite.keyAlgorithm().equals(context.own().key().getAlgorithm())) {
                return suite;
            }
        }
        throw nothingInCommon();
    }

    private SrtpProfile chooseProfile(ClientHello hello) throws HandshakeException {
        int[] offered = hello.extensions().srtpProfiles().orElse(new int[0]);
        for (var profile : context.config().srtpProfiles()) {
            for (int id : offered) {
                if (profile.id() == id) {
                    return profile;
                }
            }
        }
        throw new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.NO_SRTP_PROFILE);
    }

    /** Without supported_groups any group may be taken (RFC 8422, 4), and P-256 is the one that everybody has. */
    private static NamedGroup chooseGroup(ClientHello hello) throws HandshakeException {
        if (!hello.extensions().has(Extensions.SUPPORTED_GROUPS)) {
            return NamedGroup.SECP256R1;
        }
        return hello.extensions()
                .groups()
                .flatMap(NamedGroup::choose)
                .orElseThrow(ServerHandshake::nothingInCommon);
    }

    private static HandshakeException nothingInCommon() {
        return new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.NOTHING_IN_COMMON);
    }
}
