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
import dev.parley.sfu.wire.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Connects a socket to a transport of an SFU as a client does: ICE, then DTLS, until there are keys. */
final class PeerLink implements IceClient.Out, DtlsEndpoint.Out {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long PAUSE_NANOS = 200_000;

    private final DatagramChannel channel;
    private final IceClient ice;
    private final DtlsEndpoint dtls;
    private final ByteBuffer buffer = ByteBuffer.allocate(2_048);
    private @Nullable InetSocketAddress remote;
    private @Nullable SrtpKeys keys;
    private @Nullable String failure;

    private PeerLink(DatagramChannel channel, RemoteTransport to, DtlsCertificate certificate, SecureRandom random) {
        this.channel = channel;
        ice = new IceClient(IceCredentials.generate(random), to.credentials(), random, IceConfig.defaults());
        ice.addRemoteCandidate(TransportAddress.of(to.address()), 1);
        var config = DtlsConfig.defaults().withSrtpProfiles(List.of(SrtpProfile.AEAD_AES_128_GCM));
        dtls = new DtlsEndpoint(
                DtlsEndpoint.Role.CLIENT, certificate, List.of(to.fingerprint()), random, config, new DropCounters());
    }

    /** What a client is told about a transport. */
    record RemoteTransport(InetSocketAddress address, IceCredentials credentials, DtlsFingerprint fingerprint) {}

    /** Connects; returns the client's keys. @param channel not blocking */
    static SrtpKeys connect(
            DatagramChannel channel, RemoteTransport to, DtlsCertificate certificate, SecureRandom random)
            throws IOException {
        return new PeerLink(channel, to, certificate, random).run();
    }

    private SrtpKeys run() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        ice.start(System.nanoTime(), this);
        while (System.nanoTime() < deadline && failure == null) {
            if (keys != null) {
                return keys;
            }
            if (!receive()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            long now = System.nanoTime();
            if (ice.nextTimeout() <= now) {
                ice.timeout(now, this);
            }
            if (dtls.nextTimeout() <= now) {
                dtls.timeout(now, this);
            }
        }
        throw new IOException("No connection to the SFU: " + (failure == null ? "no answer" : failure));
    }

    private boolean receive() throws IOException {
        if (!(channel.receive(buffer.clear()) instanceof InetSocketAddress from)) {
            return false;
        }
        var datagram = new byte[buffer.flip().remaining()];
        buffer.get(datagram);
        if (datagram.length > 0 && datagram[0] >= 0 && datagram[0] <= 3) {
            ice.receive(System.nanoTime(), TransportAddress.of(from), datagram, this);
        } else if (datagram.length > 0 && datagram[0] >= 20 && datagram[0] <= 63) {
            dtls.receive(System.nanoTime(), datagram, this);
        }
        return true;
    }

    @Override
    public void send(TransportAddress to, byte[] datagram) {
        write(to.toInetSocketAddress(), datagram);
    }

    @Override
    public void send(byte[] datagram) {
        if (remote != null) {
            write(remote, datagram);
        }
    }

    private void write(InetSocketAddress to, byte[] datagram) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void selected(TransportAddress address) {
        remote = address.toInetSocketAddress();
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
