package dev.parley.sfu.testing;

import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsEndpoint.Role;
import dev.parley.sfu.lane.TransportCore;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpExtensionIds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A publisher and two subscribers around an SFU, all on a virtual network. */
final class Conference implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;
    static final RtpExtensionIds EXTENSIONS = RtpExtensionIds.NONE
            .with(RtpExtension.MID, 1)
            .with(RtpExtension.ABS_SEND_TIME, 3)
            .with(RtpExtension.TRANSPORT_CC, 5)
            .with(RtpExtension.AUDIO_LEVEL, 10);
    private static final List<DtlsCertificate> CERTIFICATES = List.of(
            DtlsCertificate.generate(new SeededSecureRandom(11)),
            DtlsCertificate.generate(new SeededSecureRandom(12)));

    /** A peer and its end at the SFU. */
    record Member(PeerEngine peer, TransportCore transport, TransportAddress address) {}

    final VirtualNetwork network;
    final TransportAddress sfuAddress;
    final VirtualSfu sfu;
    private final List<Member> members = new ArrayList<>();
    private final long seed;
    private int joined;

    Conference(long seed) {
        this(seed, TransportAddress.ipv4(0x0a000064, 40_000));
    }

    Conference(long seed, TransportAddress sfuAddress) {
        this(seed, sfuAddress, 1, Landing.first());
    }

    /** Around an SFU of one or several lanes. */
    Conference(long seed, LaneLayout layout) {
        this(seed, layout.lanes(), layout.landing(seed));
    }

    Conference(long seed, int lanes, Landing landing) {
        this(seed, TransportAddress.ipv4(0x0a000064, 40_000), lanes, landing);
    }

    Conference(long seed, TransportAddress sfuAddress, int lanes, Landing landing) {
        this.seed = seed;
        this.sfuAddress = sfuAddress;
        network = new VirtualNetwork(seed);
        sfu = new VirtualSfu(network, sfuAddress, seed, lanes, landing);
    }

    /** Another member, connecting. */
    Member join() {
        return join(address -> List.of(sfuAddress));
    }

    /** Another member, connecting by the candidates that are made for its address. */
    Member join(Function<TransportAddress, List<TransportAddress>> candidates) {
        int number = ++joined;
        var address = sfuAddress.isIpv4()
                ? TransportAddress.ipv4(0x0a000000 + number, 5_000)
                : new TransportAddress(sfuAddress.high(), sfuAddress.low() + number, 5_000);
        var random = new SeededSecureRandom(1_000 * seed + number);
        var peer = new PeerEngine(address, CERTIFICATES.get(number % 2), random, network::send);
        network.attach(address, peer);
        var role = (seed + number) % 2 == 0 ? Role.CLIENT : Role.SERVER;
        var member = new Member(peer, sfu.connect(peer, role, candidates.apply(address)), address);
        members.add(member);
        return member;
    }

    /** Lets all members connect. @return whether they did within the time that a handshake may take */
    boolean connected() {
        return network.runUntil(() -> members.stream().allMatch(member -> member.peer().connected()), 12 * SECOND);
    }

    /** A member that is gone is not waited for any more. */
    void forget(Member member) {
        members.remove(member);
        network.remove(member.peer());
    }

    VirtualSfu.Published publishVideo(Member publisher, int content) {
        var spec = StreamSpec.video(content, 1_000L + 10 * content, 96, EXTENSIONS).withMid("v" + content);
        return sfu.publish(publisher.transport(), spec);
    }

    VirtualSfu.Published publishAudio(Member publisher, int content) {
        var spec = StreamSpec.audio(content, 1_000L + 10 * content, 111, EXTENSIONS).withMid("a" + content);
        return sfu.publish(publisher.transport(), spec);
    }

    /** Subscribes and lets it run. */
    VirtualSfu.Subscribed subscribe(VirtualSfu.Published published, Member subscriber) {
        var subscribed = sfu.subscribe(
                published, subscriber.transport(), subscriber.peer(), "m" + published.spec().content());
        sfu.act(subscribed.consumer()::resume);
        return subscribed;
    }

    /** Begins to send what was announced. */
    OutgoingStream send(Member publisher, VirtualSfu.Published published) {
        var stream = publisher.peer().send(published.spec());
        stream.start(network.now());
        return stream;
    }

    @Override
    public void close() {
        sfu.close();
    }
}
