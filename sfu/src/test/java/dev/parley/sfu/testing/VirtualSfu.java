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
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.srtp.SrtpProvider;
import dev.parley.sfu.lane.Candidates;
import dev.parley.sfu.lane.ConsumerCore;
import dev.parley.sfu.lane.ConsumerSetup;
import dev.parley.sfu.lane.LaneCore;
import dev.parley.sfu.lane.LaneCounts;
import dev.parley.sfu.lane.LaneGroup;
import dev.parley.sfu.lane.LaneSettings;
import dev.parley.sfu.lane.ProducerCore;
import dev.parley.sfu.lane.ProducerSetup;
import dev.parley.sfu.lane.RouterCore;
import dev.parley.sfu.lane.TransportCore;
import dev.parley.sfu.ortc.Ortc;
import dev.parley.sfu.udp.Steering;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/** The SFU's lanes, all but threads and sockets, as a host on a {@link VirtualNetwork}; with one router. */
final class VirtualSfu implements VirtualNetwork.Host, AutoCloseable {
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(new SeededSecureRandom(77));
    private static final AtomicLong SSRC = new AtomicLong(0x7000_0000);

    private final VirtualNetwork network;
    private final TransportAddress address;
    private final Arena arena = Arena.ofConfined();
    private final List<VirtualLane> lanes = new ArrayList<>();
    private final SplittableRandom order;
    private final RouterCore router;
    private final RtpCapabilities capabilities;
    private final List<TransportEvent> transportEvents = new ArrayList<>();
    private final List<ProducerEvent> producerEvents = new ArrayList<>();
    private final List<ConsumerEvent> consumerEvents = new ArrayList<>();
    private final Map<TransportAddress, VirtualTcpLink> tcpLinks = new HashMap<>();
    private Landing landing;
    private int tcpConnections;
    private int transports;

    VirtualSfu(VirtualNetwork network, TransportAddress address, long seed, int laneCount, Landing landing) {
        this.network = network;
        this.address = address;
        this.landing = landing;
        order = new SplittableRandom(seed);
        var candidates = Candidates.of(
                List.of(address.toInetSocketAddress().getAddress().getHostAddress()), address.port());
        var settings = new LaneSettings(candidates, CERTIFICATE, SfuLimits.defaults(), SrtpProvider.JAVA);
        var steering = landing instanceof Steering steers ? steers : Steering.NONE;
        var group = new LaneGroup(laneCount, arena, steering);
        for (int i = 0; i < laneCount; i++) {
            lanes.add(new VirtualLane(
                    network, address, group, settings, new SeededSecureRandom(seed + 100_000L * i), arena));
        }
        capabilities = Ortc.routerCapabilities(Ortc.defaultCodecs());
        router = core().createRouter(capabilities);
        network.attach(address, this);
    }

    /** From now on, datagrams arrive at these lanes. */
    void landing(Landing changed) {
        landing = changed;
    }

    @Override
    public void receive(long now, TransportAddress from, TransportAddress to, byte[] datagram) {
        var source = to.isTcp() ? from.overTcp(to.tcp()) : from;
        lanes.get(landing.lane(source, datagram)).arrived(source, datagram);
        run(now);
    }

    @Override
    public long nextTimeout() {
        return lanes.stream()
                .mapToLong(lane -> lane.nextTimeout(network.now()))
                .min()
                .orElseThrow();
    }

    @Override
    public void timeout(long now) {
        run(now);
    }

    /** The lanes turn in an order that the seed decides, until none has anything to do. */
    private void run(long now) {
        for (var busy = busy(now); !busy.isEmpty(); busy = busy(now)) {
            busy.get(order.nextInt(busy.size())).turn(now);
        }
    }

    private List<VirtualLane> busy(long now) {
        return lanes.stream().filter(lane -> lane.hasWork(now)).toList();
    }

    /** A transport to which a peer connects, in the given DTLS role of the peer. */
    TransportCore connect(PeerEngine peer, Role role) {
        return connect(peer, role, List.of(address));
    }

    /** The same by other candidates, such as {@link #tcp}. */
    TransportCore connect(PeerEngine peer, Role role, List<TransportAddress> candidates) {
        long now = network.now();
        // As the API does it: the first lane for the first transport, and so on.
        var tentative = lanes.get(transports++ % lanes.size()).core();
        var transport = router.createTransport(
                tentative, now, WebRtcTransportOptions.defaults(), transportEvents::add);
        transport.connect(
                now,
                new DtlsParameters(
                        role == Role.CLIENT ? DtlsRole.CLIENT : DtlsRole.SERVER,
                        Negotiation.toSfu(peer.fingerprints())));
        var ice = transport.iceParameters();
        peer.connect(
                now,
                new IceCredentials(ice.usernameFragment(), ice.password()),
                candidates,
                role,
                Negotiation.toPeer(transport.dtlsParameters().fingerprints()));
        turnAll();
        return transport;
    }

    /**
     * Opens a TCP connection for a peer. The network carries its datagrams between the peer's address and the one that
     * this returns, which the peer takes for a candidate; the SFU sees the peer's address over that connection.
     */
    TransportAddress tcp(TransportAddress peer) {
        var end = address.overTcp(++tcpConnections);
        var link = new VirtualTcpLink((memory, offset, length) -> network.send(
                end, peer, memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE)));
        core().group().tcp().opened(peer.overTcp(tcpConnections), link);
        tcpLinks.put(end, link);
        network.attach(end, this);
        return end;
    }

    /** The connection that {@link #tcp} opened. */
    VirtualTcpLink link(TransportAddress end) {
        return tcpLinks.get(end);
    }

    /** The peer closed its TCP connection. */
    void hangUp(TransportAddress end, TransportAddress peer) {
        network.detach(end);
        core().group().tcp().closed(peer.overTcp(end.tcp()));
        link(end).gone(network.now(), peer.overTcp(end.tcp()));
        turnAll();
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
        turnAll();
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
        turnAll();
        return new Subscribed(consumer, incoming);
    }

    /** Does something with the core now, and sends what comes of it. */
    void act(LongConsumer action) {
        action.accept(network.now());
        turnAll();
    }

    /** Sends what came of calls on the lanes' objects. */
    private void turnAll() {
        lanes.stream().filter(lane -> !lane.stands(network.now())).forEach(lane -> lane.turn(network.now()));
        run(network.now());
    }

    /** The first lane; the only one, unless there are more. */
    LaneCore core() {
        return lane(0);
    }

    LaneCore lane(int index) {
        return lanes.get(index).core();
    }

    /** A lane's thread gets no turn for a while. */
    void standStill(int lane, long nanos) {
        lanes.get(lane).standStill(network.now() + nanos);
    }

    /** As {@link #standStill}, once the lane has taken what arrives now. */
    void standStillSoon(int lane, long nanos) {
        lanes.get(lane).standStillAfterTurn(network.now() + nanos);
    }

    RouterCore router() {
        return router;
    }

    /** Drops that no transport counted, of all lanes. */
    long drops(Drop reason) {
        return lanes.stream().mapToLong(lane -> lane.core().drops().of(reason)).sum();
    }

    long total(ToLongFunction<LaneCounts> count) {
        return lanes.stream().mapToLong(lane -> count.applyAsLong(lane.core().counts())).sum();
    }

    List<ConsumerEvent> consumerEvents() {
        return consumerEvents;
    }

    List<TransportEvent> transportEvents() {
        return transportEvents;
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.close(network.now()));
        arena.close();
    }

    /** A producer and what it was made of. */
    record Published(StreamSpec spec, ProducerCore producer, RtpParameters consumable) {}

    /** A consumer and the peer's end of it. */
    record Subscribed(ConsumerCore consumer, IncomingStream incoming) {}
}
