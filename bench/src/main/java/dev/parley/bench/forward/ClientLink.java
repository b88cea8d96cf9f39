package dev.parley.bench.forward;

import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.DtlsCertificate;
import dev.parley.sfu.engine.dtls.DtlsConfig;
import dev.parley.sfu.engine.dtls.DtlsEndpoint;
import dev.parley.sfu.engine.dtls.DtlsFailure;
import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.ice.IceClient;
import dev.parley.sfu.engine.ice.IceConfig;
import dev.parley.sfu.engine.ice.IceCredentials;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.udp.UdpPort;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects a port to a transport of an SFU as a client does, ICE, then DTLS, until there
 * are keys. It does not keep the path alive afterwards.
 */
final class ClientLink implements IceClient.Out, DtlsEndpoint.Out {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LONGEST_WAIT_NANOS = 50_000_000;
    private static final int BATCH = 8;

    private final UdpPort port;
    private final InBatch in;
    private final OutBatch out;
    private final IceClient ice;
    private final DtlsEndpoint dtls;
    private @Nullable TransportAddress remote;
    private @Nullable SrtpKeys keys;
    private @Nullable String failure;

    /**
     * What a client is told about a transport.
     *
     * @param address one of its candidates
     */
    record Target(TransportAddress address, IceCredentials credentials, DtlsFingerprint fingerprint) {}

    private ClientLink(
            UdpPort port, Arena arena, Target to, DtlsCertificate own, SrtpProfile profile, SecureRandom random) {
        this.port = port;
        in = new InBatch(BATCH, arena);
        out = new OutBatch(BATCH, arena, port::send);
        ice = new IceClient(IceCredentials.generate(random), to.credentials(), random, IceConfig.defaults());
        ice.addRemoteCandidate(to.address(), 1);
        dtls = new DtlsEndpoint(
                DtlsEndpoint.Role.CLIENT,
                own,
                List.of(to.fingerprint()),
                random,
                DtlsConfig.defaults().withSrtpProfiles(List.of(profile)),
                new DropCounters());
    }

    /**
     * Connects, on the calling thread.
     *
     * @return the client's keys
     * @throws IOException when there is no connection within 10 s
     */
    static SrtpKeys connect(
            UdpPort port, Target to, DtlsCertificate own, SrtpProfile profile, SecureRandom random)
            throws IOException {
        try (var arena = Arena.ofConfined()) {
            return new ClientLink(port, arena, to, own, profile, random).run();
        }
    }

    private SrtpKeys run() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        ice.start(System.nanoTime(), this);
        port.send(out);
        while (System.nanoTime() < deadline && failure == null) {
            if (keys != null) {
                return keys;
            }
            long due = Math.min(ice.nextTimeout(), dtls.nextTimeout());
            port.await(Math.clamp(due - System.nanoTime(), 0, LONGEST_WAIT_NANOS));
            long now = System.nanoTime();
            receive(now);
            if (ice.nextTimeout() <= now) {
                ice.timeout(now, this);
            }
            if (dtls.nextTimeout() <= now) {
                dtls.timeout(now, this);
            }
            port.send(out);
        }
        throw new IOException("No connection to the SFU: " + (failure == null ? "no answer" : failure));
    }

    private void receive(long now) {
        port.receive(in);
        for (int i = 0; i < in.count(); i++) {
            int kind = in.length(i) == 0 ? -1 : Bytes.u8(in.memory(), in.offset(i));
            var datagram = in.memory().asSlice(in.offset(i), in.length(i)).toArray(ValueLayout.JAVA_BYTE);
            // RFC 7983: STUN begins with 0 to 3, DTLS with 20 to 63.
            if (kind >= 0 && kind <= 3) {
                ice.receive(now, in.source(i), datagram, this);
            } else if (kind >= 20 && kind <= 63) {
                dtls.receive(now, datagram, this);
            }
        }
    }

    @Override
    public void send(TransportAddress to, byte[] datagram) {
        out.add(to, 0, datagram);
    }

    @Override
    public void send(byte[] datagram) {
        if (remote != null) {
            out.add(remote, 0, datagram);
        }
    }

    @Override
    public void selected(TransportAddress address) {
        remote = address;
        dtls.start(System.nanoTime(), this);
    }

    @Override
    public void failed() {
        failure = "ICE found no path";
    }

    @Override
    public void connected(SrtpKeys agreed) {
        keys = agreed;
    }

    @Override
    public void failed(DtlsFailure why) {
        failure = "DTLS: " + why;
    }

    @Override
    public void closed() {
        failure = "closed by the SFU";
    }
}
