package dev.parley.sfu.testing;

import dev.parley.sfu.Consumer;
import dev.parley.sfu.ConsumerOptions;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsRole;
import dev.parley.sfu.Producer;
import dev.parley.sfu.ProducerOptions;
import dev.parley.sfu.Router;
import dev.parley.sfu.WebRtcTransport;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A peer on a real socket with its transport of a real SFU, on one machine. */
record UdpMember(Router router, UdpPeer peer, WebRtcTransport transport) implements AutoCloseable {
    /** What one member can send: a camera and a microphone. */
    static final StreamSpec VIDEO = StreamSpec.video(1, 1_001, 96, Conference.EXTENSIONS).withMid("0");
    static final StreamSpec AUDIO = StreamSpec.audio(2, 2_001, 111, Conference.EXTENSIONS).withMid("1");
    private static final SeededSecureRandom RANDOM = new SeededSecureRandom(4);
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(RANDOM);

    /** Connects by the SFU's first loopback candidate for UDP. */
    static UdpMember join(Router router, Role role) throws IOException {
        return join(router, role, "udp", address -> new UdpSocket(address.getAddress()));
    }

    /** Connects by the SFU's first loopback candidate for TCP. */
    static UdpMember joinByTcp(Router router, Role role) throws IOException {
        return join(router, role, "tcp", TcpSocket::new);
    }

    /** Makes a socket to send to an address. */
    @FunctionalInterface
    interface SocketMaker {
        PeerSocket socket(InetSocketAddress remote) throws IOException;
    }

    static UdpMember join(Router router, Role role, String protocol, SocketMaker sockets) throws IOException {
        var transport = router.createWebRtcTransport();
        var candidate = transport.iceCandidates().stream()
                .filter(offered -> offered.protocol().equals(protocol))
                .filter(offered -> InetAddress.ofLiteral(offered.address()).isLoopbackAddress())
                .findFirst()
                .orElseThrow();
        var address = InetAddress.ofLiteral(candidate.address());
        var peer = new UdpPeer(
                sockets.socket(new InetSocketAddress(address, candidate.port())), CERTIFICATE, RANDOM);
        transport.connect(new DtlsParameters(
                role == Role.CLIENT ? DtlsRole.CLIENT : DtlsRole.SERVER,
                peer.on((engine, now) -> Negotiation.toSfu(engine.fingerprints()))));
        var ice = transport.iceParameters();
        var remote = TransportAddress.of(new InetSocketAddress(address, candidate.port()));
        var fingerprints = Negotiation.toPeer(transport.dtlsParameters().fingerprints());
        peer.run((engine, now) -> engine.connect(
                now, new IceCredentials(ice.usernameFragment(), ice.password()), List.of(remote), role, fingerprints));
        peer.await("connected", Duration.ofSeconds(10), PeerEngine::connected);
        return new UdpMember(router, peer, transport);
    }

    /** Announces a stream. */
    Producer produce(StreamSpec spec) {
        return transport.produce(new ProducerOptions(Negotiation.kind(spec), Negotiation.toProduce(spec)));
    }

    /** Begins to send a stream that was announced. */
    OutgoingStream send(StreamSpec spec) {
        return peer.on((engine, now) -> {
            var stream = engine.send(spec);
            stream.start(now);
            return stream;
        });
    }

    /** A consumer and the member's end of it. */
    record Subscribed(Consumer consumer, IncomingStream incoming) {}

    /** Subscribes to what anybody produces, and lets it run. */
    Subscribed subscribe(Producer producer, StreamSpec original) {
        var subscribed = subscribePaused(producer, original);
        subscribed.consumer().resume();
        return subscribed;
    }

    /** Subscribes to what anybody produces; nothing is sent until the consumer is resumed. */
    Subscribed subscribePaused(Producer producer, StreamSpec original) {
        var consumer = transport.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()));
        return new Subscribed(consumer, receive(consumer, original));
    }

    /** Expects what a consumer sends. */
    IncomingStream receive(Consumer consumer, StreamSpec original) {
        var spec = Negotiation.toConsume(original, consumer.rtpParameters());
        return peer.on((engine, now) -> engine.receive(spec));
    }

    @Override
    public void close() {
        peer.close();
    }
}
