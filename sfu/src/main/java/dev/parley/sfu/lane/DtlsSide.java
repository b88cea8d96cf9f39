package dev.parley.sfu.lane;

import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsRole;
import dev.parley.sfu.DtlsState;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.dtls.DtlsEndpoint;
import dev.parley.sfu.engine.dtls.DtlsFailure;
import dev.parley.sfu.engine.dtls.DtlsFingerprint;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transport's DTLS: made when the remote's parameters are known, started when there is a path, and counted against
 * the limit of handshakes from then until it is done.
 */
final class DtlsSide implements DtlsEndpoint.Out {
    private static final Logger LOG = LoggerFactory.getLogger(DtlsSide.class);

    private final TransportCore transport;
    private @Nullable DtlsEndpoint endpoint;
    private boolean started;
    private volatile DtlsRole role = DtlsRole.AUTO;
    private volatile DtlsState state = DtlsState.NEW;

    DtlsSide(TransportCore transport) {
        this.transport = transport;
    }

    DtlsState state() {
        return state;
    }

    /** Our parameters; the role is known once the remote's is. */
    DtlsParameters parameters() {
        return new DtlsParameters(
                role,
                transport.lane().settings().certificate().fingerprints().stream()
                        .map(own -> new dev.parley.sfu.DtlsFingerprint(own.algorithm(), own.value()))
                        .toList());
    }

    void connect(long now, DtlsParameters remote) {
        if (endpoint != null) {
            throw new SfuException("wrong-state", "This transport was connected before: create another one.");
        }
        var server = remote.role() != DtlsRole.SERVER;
        endpoint = new DtlsEndpoint(
                server ? DtlsEndpoint.Role.SERVER : DtlsEndpoint.Role.CLIENT,
                transport.lane().settings().certificate(),
                known(remote),
                transport.lane().random(),
                transport.lane().settings().dtls(),
                transport.drops());
        role = server ? DtlsRole.SERVER : DtlsRole.CLIENT;
        become(DtlsState.CONNECTING);
        pathReady(now);
    }

    /**
     * Of several hashes, those that we know; a list without any is refused, since nobody could be authenticated with
     * it.
     */
    private static List<DtlsFingerprint> known(DtlsParameters remote) {
        var known = remote.fingerprints().stream()
                .flatMap(one -> DtlsFingerprint.parse(one.algorithm(), one.value()).stream())
                .toList();
        if (known.isEmpty()) {
            throw new SfuException(
                    "invalid-parameters",
                    "The DTLS parameters hold no usable fingerprint: send the hash of the client's certificate, such as"
                            + " sha-256 with 32 upper-case hex pairs.");
        }
        return known;
    }

    /** There is a path: a client begins. */
    void pathReady(long now) {
        if (role == DtlsRole.CLIENT && transport.path() != null) {
            start(now);
        }
    }

    void receive(long now, byte[] datagram) {
        if (endpoint == null || !started && !start(now)) {
            transport.drops().count(Drop.NOT_CONNECTED);
            return;
        }
        endpoint.receive(now, datagram, this);
    }

    /**
     * Starts the handshake, unless too many are going on; then the remote's retransmission, or our timer, tries again.
     */
    private boolean start(long now) {
        if (endpoint == null || started || state != DtlsState.CONNECTING) {
            return started;
        }
        var lane = transport.lane();
        if (lane.group().total(LaneCounts::handshakes) >= lane.settings().limits().halfOpenHandshakes()) {
            return false;
        }
        started = true;
        lane.counts().handshakes++;
        endpoint.start(now, this);
        return true;
    }

    private void handshakeEnded() {
        if (started && state == DtlsState.CONNECTING) {
            transport.lane().counts().handshakes--;
        }
    }

    long nextTimeout() {
        return endpoint == null || !started ? Timers.NEVER : endpoint.nextTimeout();
    }

    void timeout(long now) {
        if (endpoint != null && started) {
            endpoint.timeout(now, this);
        }
    }

    void close(long now) {
        if (endpoint != null && started && state != DtlsState.FAILED && state != DtlsState.CLOSED) {
            endpoint.close(now, this);
        }
        handshakeEnded();
        if (state != DtlsState.FAILED) {
            state = DtlsState.CLOSED;
        }
    }

    @Override
    public void send(byte[] datagram) {
        var path = transport.path();
        if (path != null) {
            transport.send(path, datagram);
        }
    }

    @Override
    public void connected(SrtpKeys keys) {
        handshakeEnded();
        transport.secured(keys);
        become(DtlsState.CONNECTED);
    }

    @Override
    public void failed(DtlsFailure why) {
        LOG.info("DTLS of transport {} failed: {}", transport.id(), why);
        handshakeEnded();
        become(DtlsState.FAILED);
    }

    @Override
    public void closed() {
        handshakeEnded();
        become(DtlsState.CLOSED);
    }

    private void become(DtlsState changed) {
        state = changed;
        transport.dtlsStateChanged(changed);
    }
}
