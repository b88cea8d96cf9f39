package dev.parley.sfu.engine.dtls;

import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import java.util.Optional;

/**
 * The client's steps; see {@link ServerHandshake} for the order of messages. A HelloVerifyRequest before the
 * ServerHello is answered with the same hello and the cookie (RFC 6347, 4.2.1).
 */
final class ClientHandshake implements Handshake {
    /** A server that asks for cookies again and again is not one. */
    private static final int MOST_COOKIES = 2;

    private sealed interface Step {
        record AwaitHello() implements Step {}

        record AwaitCertificate(Negotiated negotiated) implements Step {}

        record AwaitKeyExchange(Negotiated negotiated, PeerCertificate peer) implements Step {}

        record AwaitRequest(Negotiated negotiated, KeyShare share, byte[] theirs) implements Step {}

        record AwaitDone(Negotiated negotiated, KeyShare share, byte[] theirs, SignatureScheme scheme)
                implements Step {}

        record AwaitFinished(Negotiated negotiated, KeySchedule keys) implements Step {}

        record Done(SrtpKeys result) implements Step {}
    }

    private final HandshakeContext context;
    private final byte[] clientRandom;
    private final Extensions offered;
    private Step step = new Step.AwaitHello();
    private int cookies;

    ClientHandshake(HandshakeContext context) {
        this.context = context;
        this.clientRandom = context.randomBytes();
        this.offered = Extensions.ofClient(context.config().srtpProfiles());
    }

    @Override
    public void begin() {
        sendHello(new byte[0]);
    }

    @Override
    public Optional<SrtpKeys> result() {
        return step instanceof Step.Done(var result) ? Optional.of(result) : Optional.empty();
    }

    @Override
    public boolean take(HandshakeMessage message) throws HandshakeException {
        return switch (step) {
            case Step.AwaitHello _ -> switch (message.type()) {
                case HandshakeMessage.HELLO_VERIFY_REQUEST -> verifyRequest(message);
                case HandshakeMessage.SERVER_HELLO -> hello(message);
                default -> false;
            };
            case Step.AwaitCertificate now ->
                message.type() == HandshakeMessage.CERTIFICATE && certificate(now, message);
            case Step.AwaitKeyExchange now ->
                message.type() == HandshakeMessage.SERVER_KEY_EXCHANGE && keyExchange(now, message);
            case Step.AwaitRequest now -> switch (message.type()) {
                case HandshakeMessage.CERTIFICATE_REQUEST -> request(now, message);
                // WebRTC authenticates both sides (RFC 8827, 6.5): a server that wants no certificate is not one of
                // ours.
                case HandshakeMessage.SERVER_HELLO_DONE -> throw protocolError();
                default -> false;
            };
            case Step.AwaitDone now -> message.type() == HandshakeMessage.SERVER_HELLO_DONE && done(now, message);
            case Step.AwaitFinished now -> message.type() == HandshakeMessage.FINISHED && finished(now, message);
            case Step.Done _ -> false;
        };
    }

    private void sendHello(byte[] cookie) {
        var suites = new int[CipherSuite.values().length];
        for (var suite : CipherSuite.values()) {
            suites[suite.ordinal()] = suite.id();
        }
        var hello = new ClientHello(DtlsRecord.DTLS_1_2, clientRandom, new byte[0], cookie, suites, offered);
        // Old servers drop a first record of a version that they do not know.
        var flight = new Flight(DtlsRecord.DTLS_1_0);
        context.write(flight, HandshakeMessage.CLIENT_HELLO, hello.encode());
        context.send(flight);
    }

    private boolean verifyRequest(HandshakeMessage message) {
        var cookie = Messages.parseHelloVerifyRequest(message.body());
        if (cookie.isEmpty() || cookies == MOST_COOKIES) {
            return false;
        }
        cookies++;
        context.transcript().clear();
        sendHello(cookie.get());
        return true;
    }

    private boolean hello(HandshakeMessage message) throws HandshakeException {
        var parsed = ServerHello.parse(message.body());
        if (parsed.isEmpty()) {
            return false;
        }
        var hello = parsed.get();
        if (hello.version() != DtlsRecord.DTLS_1_2) {
            throw new HandshakeException(Alert.PROTOCOL_VERSION, DtlsFailure.NOTHING_IN_COMMON);
        }
        if (!offered.types().containsAll(hello.extensions().types())) {
            throw new HandshakeException(Alert.UNSUPPORTED_EXTENSION, DtlsFailure.PROTOCOL_ERROR);
        }
        if (!hello.extensions().hasExtendedMasterSecret() || !hello.extensions().hasEmptyRenegotiationInfo()) {
            throw new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.INSECURE_PEER);
        }
        var suite = CipherSuite.ofId(hello.suite()).orElseThrow(ClientHandshake::protocolError);
        var negotiated = new Negotiated(suite, profile(hello), clientRandom, hello.random());
        context.transcript().add(message);
        step = new Step.AwaitCertificate(negotiated);
        return true;
    }

    private boolean certificate(Step.AwaitCertificate now, HandshakeMessage message) throws HandshakeException {
        var chain = Messages.parseCertificate(message.body());
        if (chain.isEmpty()) {
            return false;
        }
        var peer = context.checkPeer(chain.get());
        if (!peer.key().getAlgorithm().equals(now.negotiated().suite().keyAlgorithm())) {
            throw new HandshakeException(Alert.UNSUPPORTED_CERTIFICATE, DtlsFailure.PROTOCOL_ERROR);
        }
        context.transcript().add(message);
        step = new Step.AwaitKeyExchange(now.negotiated(), peer);
        return true;
    }

    private boolean keyExchange(Step.AwaitKeyExchange now, HandshakeMessage message) throws HandshakeException {
        var parsed = ServerKeyExchange.parse(message.body());
        if (parsed.isEmpty()) {
            return false;
        }
        var exchange = parsed.get();
        var group = NamedGroup.ofId(exchange.group()).orElseThrow(ClientHandshake::protocolError);
        byte[] signed = ServerKeyExchange.signed(now.negotiated(), exchange.group(), exchange.publicKey());
        now.peer().verify(exchange.scheme(), signed, exchange.signature());
        context.transcript().add(message);
        step = new Step.AwaitRequest(now.negotiated(), group.generate(context.random()), exchange.publicKey());
        return true;
    }

    private boolean request(Step.AwaitRequest now, HandshakeMessage message) throws HandshakeException {
        var schemes = Messages.parseCertificateRequest(message.body());
        if (schemes.isEmpty()) {
            return false;
        }
        var scheme = SignatureScheme.choose(context.own().key().getAlgorithm(), schemes.get())
                .orElseThrow(() -> new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.NOTHING_IN_COMMON));
        context.transcript().add(message);
        step = new Step.AwaitDone(now.negotiated(), now.share(), now.theirs(), scheme);
        return true;
    }

    private boolean done(Step.AwaitDone now, HandshakeMessage message) throws HandshakeException {
        if (message.body().length != 0) {
            return false;
        }
        byte[] premaster = now.share().agree(now.theirs());
        context.transcript().add(message);
        var flight = new Flight(DtlsRecord.DTLS_1_2);
        context.write(
                flight,
                HandshakeMessage.CERTIFICATE,
                Messages.certificate(context.own().encoded()));
        context.write(
                flight,
                HandshakeMessage.CLIENT_KEY_EXCHANGE,
                Messages.clientKeyExchange(now.share().publicBytes()));
        var keys = context.deriveKeys(now.negotiated(), premaster);
        byte[] signature =
                now.scheme().sign(context.own().key(), context.transcript().bytes(), context.random());
        context.write(
                flight,
                HandshakeMessage.CERTIFICATE_VERIFY,
                Messages.certificateVerify(new Messages.Signed(now.scheme().id(), signature)));
        context.writeFinished(flight, now.negotiated().suite(), keys);
        context.send(flight);
        step = new Step.AwaitFinished(now.negotiated(), keys);
        return true;
    }

    private boolean finished(Step.AwaitFinished now, HandshakeMessage message) throws HandshakeException {
        context.checkFinished(message, now.negotiated().suite(), now.keys());
        step = new Step.Done(now.keys().srtpKeys(now.negotiated().profile(), true));
        return true;
    }

    /** Exactly one, and one that we offered, without MKI (RFC 5764, 4.1.1 and 4.1.3). */
    private SrtpProfile profile(ServerHello hello) throws HandshakeException {
        int[] chosen = hello.extensions().srtpProfiles().orElse(new int[0]);
        if (chosen.length == 1 && hello.extensions().hasNoMki()) {
            for (var profile : context.config().srtpProfiles()) {
                if (profile.id() == chosen[0]) {
                    return profile;
                }
            }
        }
        throw new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.NO_SRTP_PROFILE);
    }

    private static HandshakeException protocolError() {
        return new HandshakeException(Alert.HANDSHAKE_FAILURE, DtlsFailure.PROTOCOL_ERROR);
    }
}
