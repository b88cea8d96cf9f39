package dev.parley.sfu.testing;

import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsRole;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.RtpParameters;
import dev.parley.sfu.SfuLimits;
import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.lane.Candidates;
import dev.parley.sfu.lane.ConsumerCore;
import dev.parley.sfu.lane.ConsumerSetup;
import dev.parley.sfu.lane.InBatch;
import dev.parley.sfu.lane.LaneCore;
import dev.parley.sfu.lane.LaneSettings;
import dev.parley.sfu.lane.OutBatch;
import dev.parley.sfu.lane.ProducerCore;
import dev.parley.sfu.lane.ProducerSetup;
import dev.parley.sfu.lane.RouterCore;
import dev.parley.sfu.lane.TransportCore;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** The SFU's core, all but thread and sockets, as a host on a {@link VirtualNetwork}; with one router. */
final class VirtualSfu implements VirtualNetwork.Host, AutoCloseable {
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(new SeededSecureRandom(77));
    private static final AtomicLong SSRC = new AtomicLong(0x7000_0000);

    private final VirtualNetwork network;
    private final TransportAddress address;
    private final Arena arena = Arena.ofConfined();
    private final InBatch in = new InBatch(1, arena);
    private final OutBatch out = new OutBatch(64, arena, this::flush);
    private final LaneCore core;
    private final RouterCore router;
    private final RtpCapabilities capabilities;
    private final List<TransportEvent> transportEvents = new ArrayList<>();
    private final List<ProducerEvent> producerEvents = new ArrayList<>();
    private final List<ConsumerEvent> consumerEvents = new ArrayList<>();

    VirtualSfu(VirtualNetwork network, TransportAddress address, long seed) {
        this.network = network;
        this.address = address;
        var candidates = Candidates.of(
                List.of(address.toInetSocketAddress().getAddress().getHostAddress()), address.port());
        var settings = new LaneSettings(candidates, CERTIFICATE, SfuLimits.defaults(), SrtpProvider.JAVA);
        core = new LaneCore(
                settings,
                new SeededSecureRandom(seed),
                out,
                arena.allocate(InBatch.SLOT),
                1_700_000_000_000_000_000L);
        capabilities = Ortc.routerCapabilities(Ortc.defaultCodecs());
        router = core.createRouter(capabilities);
        network.attach(address, this);
    }

    @Override
    public void receive(long now, TransportAddress from, TransportAddress to, byte[] datagram) {
        in.clear();
        int length = Math.min(datagram.length, InBatch.SLOT);
        MemorySegment.copy(MemorySegment.ofArray(datagram), 0, in.memory(), in.offset(0), length);
        in.add(from, 0, length);
        core.receive(now, in);
        flush(out);
    }

    @Override
    public long nextTimeout() {
        return core.nextTimeout();
    }

    @Override
    public void timeout(long now) {
        core.timeouts(now);
        flush(out);
    }

    private void flush(OutBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            var datagram = batch.memory()
                    .asSlice(batch.offset(i), batch.length(i))
                    .toArray(ValueLayout.JAVA_BYTE);
            network.send(address, batch.destination(i), datagram);
        }
        batch.clear();
    }

    /** A transport to which a peer connects, in the given DTLS role of the peer. */
    TransportCore connect(PeerEngine peer, Role role) {
        long now = network.now();
        var transport = router.createTransport(now, WebRtcTransportOptions.defaults(), transportEvents::add);
        transport.connect(
                now,
                new DtlsParameters(
                        role == Role.CLIENT ? DtlsRole.CLIENT : DtlsRole.SERVER,
                        Negotiation.toSfu(peer.fingerprints())));
        var ice = transport.iceParameters();
        peer.connect(
                now,
                new IceCredentials(ice.usernameFragment(), ice.password()),
                List.of(address),
                role,
                Negotiation.toPeer(transport.dtlsParameters().fingerprints()));
        flush(out);
        return transport;
    }

    /** Announces a stream that the peer of a transport sends. */
    Published publish(TransportCore transport, StreamSpec spec) {
        var parameters = Negotiation.toProduce(spec);
        var setup = new ProducerSetup(
                UUID.randomUUID().toString(),
                Negotiation.kind(spec),
                parameters,
                Ortc.mapping(parameters, capabilities),
                false);
        var producer = transport.produce(network.now(), setup, producerEvents::add);
        flush(out);
        return new Published(spec, producer, Ortc.consumable(Negotiation.kind(spec), parameters, capabilities));
    }

    /** Forwards a producer to the peer of a transport; paused. */
    Subscribed subscribe(Published published, TransportCore transport, PeerEngine peer, String mid) {
        var parameters = Ortc.consumerParameters(
                        published.consumable(), capabilities, () -> SSRC.getAndAdd(1))
                .withMid(mid);
        var setup = new ConsumerSetup(UUID.randomUUID().toString(), Negotiation.kind(published.spec()), parameters);
        var consumer = transport.consume(network.now(), setup, published.producer(), consumerEvents::add);
        var incoming = peer.receive(Negotiation.toConsume(published.spec(), parameters));
        flush(out);
        return new Subscribed(consumer, incoming);
    }

    /** Does something with the core now, and sends what comes of it. */
    void act(LongConsumer action) {
        action.accept(network.now());
        core.timeouts(network.now());
        flush(out);
    }

    LaneCore core() {
        return core;
    }

    List<TransportEvent> transportEvents() {
        return transportEvents;
    }

    @Override
    public void close() {
        core.close(network.now());
        flush(out);
        arena.close();
    }

    /** A producer and what it was made of. */
    record Published(StreamSpec spec, ProducerCore producer, RtpParameters consumable) {}

    /** A consumer and the peer's end of it. */
    record Subscribed(ConsumerCore consumer, IncomingStream incoming) {}
}
