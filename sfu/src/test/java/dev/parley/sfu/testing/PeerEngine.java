package dev.parley.sfu.testing;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsConfig;
import dev.parley.sfu.engine.dtls.DtlsEndpoint;
import dev.parley.sfu.engine.dtls.DtlsFailure;
import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtcp.RtcpKind;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole WebRTC peer without sockets, clock or threads: ICE, DTLS, SRTP and synthetic media. It runs on a
 * {@link VirtualNetwork} against itself or against an SFU, and by {@link UdpPeer} on a real socket. Its media side is
 * written apart from the SFU's, so that the two check each other.
 */
public final class PeerEngine implements VirtualNetwork.Host {
    /** Where datagrams go. */
    @FunctionalInterface
    public interface Out {
        /** Sends a datagram. */
        void send(TransportAddress from, TransportAddress to, byte[] datagram);
    }

    private final Out out;
    private final SecureRandom random;
    private final DtlsCertificate certificate;
    private IceCredentials credentials;
    private final List<OutgoingStream> outgoing = new ArrayList<>();
    private final List<IncomingStream> incoming = new ArrayList<>();
    private final DropCounters dtlsDrops = new DropCounters();
    private TransportAddress local;
    private DtlsConfig dtlsConfig = DtlsConfig.defaults();
    private PeerIce ice;
    private DtlsEndpoint dtls;
    private PeerMedia media;
    private PeerControl control;
    private DtlsEndpoint.Role role;
    private boolean dtlsStarted;
    private DtlsFailure failure;
    private boolean closed;
    private boolean iceLost;
    private SrtpProfile profile;
    private long now;
    private long seed;

    private final PeerIce.Out iceOut = new PeerIce.Out() {
        @Override
        public void send(TransportAddress to, byte[] datagram) {
            out.send(local, to, datagram);
        }

        @Override
        public void selected(TransportAddress remote) {
            if (!dtlsStarted) {
                dtlsStarted = true;
                dtls.start(now, dtlsOut);
            }
        }

        @Override
        public void lost() {
            iceLost = true;
        }
    };

    private final DtlsEndpoint.Out dtlsOut = new DtlsEndpoint.Out() {
        @Override
        public void send(byte[] datagram) {
            toRemote(datagram);
        }

        @Override
        public void connected(SrtpKeys keys) {
            profile = keys.profile();
            media = new PeerMedia(keys, outgoing, incoming, PeerEngine.this::toRemote);
            control = new PeerControl(media, now);
        }

        @Override
        public void failed(DtlsFailure why) {
            failure = why;
        }

        @Override
        public void closed() {
            closed = true;
        }
    };

    /** A peer at an address, with credentials of its own. */
    public PeerEngine(TransportAddress local, DtlsCertificate certificate, SecureRandom random, Out out) {
        this.local = local;
        this.certificate = certificate;
        this.random = random;
        this.out = out;
        credentials = IceCredentials.generate(random);
        seed = random.nextLong();
    }

    /** What this side signals. */
    public IceCredentials credentials() {
        return credentials;
    }

    /** What this side signals. */
    public List<DtlsFingerprint> fingerprints() {
        return certificate.fingerprints();
    }

    /** Speaks only these profiles; before it connects. */
    public PeerEngine profiles(List<SrtpProfile> profiles) {
        dtlsConfig = dtlsConfig.withSrtpProfiles(profiles);
        return this;
    }

    /** Checks the remote's candidates, and shakes hands in this role. */
    public void connect(
            long at,
            IceCredentials remote,
            List<TransportAddress> candidates,
            DtlsEndpoint.Role dtlsRole,
            List<DtlsFingerprint> expected) {
        begin(at, PeerIce.Controlling.to(credentials, remote, candidates, random), dtlsRole, expected);
    }

    /** Checks the remote anew, with new credentials of both sides. */
    public void restartIce(long at, IceCredentials remote) {
        now = at;
        credentials = IceCredentials.generate(random);
        ((PeerIce.Controlling) ice).restart(at, credentials, remote, iceOut);
    }

    /** Waits for the remote's checks, and shakes hands in this role. */
    public void listen(long at, DtlsEndpoint.Role dtlsRole, List<DtlsFingerprint> expected) {
        begin(at, PeerIce.Lite.with(credentials, at), dtlsRole, expected);
    }

    private void begin(long at, PeerIce side, DtlsEndpoint.Role dtlsRole, List<DtlsFingerprint> expected) {
        now = at;
        role = dtlsRole;
        dtls = new DtlsEndpoint(dtlsRole, certificate, expected, random, dtlsConfig, dtlsDrops);
        ice = side;
        ice.start(at, iceOut);
    }

    /** Adds a stream to send; {@link OutgoingStream#start} makes it send. */
    public OutgoingStream send(StreamSpec spec) {
        var stream = new OutgoingStream(spec, seed++);
        outgoing.add(stream);
        return stream;
    }

    /** Expects a stream. */
    public IncomingStream receive(StreamSpec spec) {
        var stream = new IncomingStream(spec);
        incoming.add(stream);
        return stream;
    }

    /** Takes an incoming stream away. */
    public void forget(IncomingStream stream) {
        incoming.remove(stream);
    }

    /** Sends from another address from now on, as after a change of network. */
    public void moveTo(TransportAddress changed) {
        local = changed;
    }

    /** Says goodbye. */
    public void close(long at) {
        dtls.close(at, dtlsOut);
    }

    @Override
    public void receive(long at, TransportAddress from, TransportAddress to, byte[] datagram) {
        now = at;
        if (datagram.length == 0 || ice == null) {
            return;
        }
        int first = datagram[0] & 0xff;
        if (first < 4) {
            ice.receive(at, from, datagram, iceOut);
        } else if (first >= 20 && first < 64) {
            // Before the nomination is through, the other side may already shake hands.
            dtls.receive(at, datagram, dtlsOut);
        } else if (first >= 128 && first < 192 && media != null) {
            int type = datagram.length > 1 ? datagram[1] & 0x7f : 0;
            if (type >= 64 && type < 96) {
                control.receive(at, datagram);
            } else {
                media.receiveRtp(at, datagram);
            }
        }
    }

    private void toRemote(byte[] datagram) {
        ice.selected().ifPresent(remote -> out.send(local, remote, datagram));
    }

    @Override
    public long nextTimeout() {
        if (ice == null) {
            return Long.MAX_VALUE;
        }
        long next = ice.nextTimeout();
        if (failure == null && !closed) {
            next = Math.min(next, dtls.nextTimeout());
        }
        return media == null ? next : Math.min(next, Math.min(media.nextTimeout(), control.nextTimeout()));
    }

    @Override
    public void timeout(long at) {
        now = at;
        ice.timeout(at, iceOut);
        if (failure == null && !closed && dtls.nextTimeout() <= at) {
            dtls.timeout(at, dtlsOut);
        }
        if (media != null) {
            media.timeout(at);
            control.timeout(at);
        }
    }

    /** Asks for a key frame. */
    public void requestKeyFrame(IncomingStream stream) {
        control.requestKeyFrame(stream.spec().ssrc());
    }

    /** Claims to have lost everything lately: a NACK flood. */
    public void nackEverything(IncomingStream stream) {
        control.nackEverything(stream);
    }

    /** Says goodbye to a stream that it sends, without ending it. */
    void sayGoodbye(OutgoingStream stream) {
        control.sayGoodbye(stream.spec().ssrc());
    }

    /** What was said goodbye to. */
    List<PeerControl.Goodbye> goodbyes() {
        return control == null ? List.of() : control.goodbyes();
    }

    /** The streams that are expected. */
    public List<IncomingStream> incoming() {
        return incoming;
    }

    /** The time of the last datagram or timeout. */
    public long now() {
        return now;
    }

    /** Whether there are keys. */
    public boolean connected() {
        return media != null;
    }

    /** Whether ICE chose an address. */
    public boolean hasPath() {
        return ice != null && ice.selected().isPresent();
    }

    /** What was negotiated, once connected. */
    public Optional<SrtpProfile> profile() {
        return Optional.ofNullable(profile);
    }

    /** Why the handshake failed. */
    public Optional<DtlsFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether the remote said goodbye. */
    public boolean closed() {
        return closed;
    }

    /** Whether ICE gave up. */
    public boolean iceLost() {
        return iceLost;
    }

    /** Its role in the handshake. */
    public DtlsEndpoint.Role role() {
        return role;
    }

    /** What transport-cc feedback said. */
    public TwccView transportCc() {
        return media.view();
    }

    /** How many RTCP packets of a kind came. */
    public int rtcpSeen(RtcpKind kind) {
        return control == null ? 0 : control.seen(kind);
    }

    /** The round trip by the last report, in ns, or −1. */
    public long roundTrip() {
        return control == null ? -1 : control.roundTrip();
    }

    /** SSRCs that came and nobody announced. */
    public List<Long> unknownSsrcs() {
        return media == null ? List.of() : media.unknownSsrcs();
    }

    /** What was dropped on arrival, by reason. */
    public Map<Drop, Long> drops() {
        return media == null ? Map.of() : media.drops().snapshot();
    }
}
