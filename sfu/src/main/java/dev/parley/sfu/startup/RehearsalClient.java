package dev.parley.sfu.startup;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsRole;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.dtls.DtlsEndpoint;
import dev.parley.sfu.engine.dtls.DtlsFailure;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpProfile;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.lane.Demux;
import dev.parley.sfu.lane.TransportCore;
import dev.parley.sfu.udp.InBatch;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.udp.UdpPort;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.TransportAddress;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import dev.parley.sfu.wire.stun.StunBuilder;
import dev.parley.sfu.wire.stun.StunKey;
import dev.parley.sfu.wire.stun.StunType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a {@link Rehearsal}: checks the path, shakes hands and sends, as a client does, on the lane's own
 * thread.
 */
final class RehearsalClient implements DtlsEndpoint.Out {
    private static final int BATCH = 256;
    private static final int RTCP_ROOM = 1_200;
    /** Turns that a handshake may take; it takes four. */
    private static final int PATIENCE = 100;
    private static final int TRANSACTION_ID = 12;

    private final WarmUp stage;
    private final UdpPort port;
    private final InBatch in;
    private final OutBatch out;
    private final TransportAddress remote;
    private final TransportCore transport;
    private final DtlsEndpoint dtls;
    private @Nullable SrtpSender srtp;
    /** The number of the packet that came last. */
    private int lastSequence;

    /**
     * Joins.
     *
     * @throws IOException when there is no socket
     * @throws IllegalStateException when no connection comes about
     */
    RehearsalClient(WarmUp stage, Arena arena, InetAddress here, SrtpProfile profile) throws IOException {
        this.stage = stage;
        port = stage.path().bind(0, List.of(here), 1).getFirst();
        in = new InBatch(BATCH, arena);
        out = new OutBatch(BATCH, arena, port::send);
        remote = TransportAddress.of(here, stage.port());
        transport = stage.router().createTransport(stage.now(), WebRtcTransportOptions.defaults(), event -> {});
        var certificate = stage.settings().certificate();
        dtls = new DtlsEndpoint(
                DtlsEndpoint.Role.CLIENT,
                certificate,
                certificate.fingerprints(),
                stage.random(),
                stage.settings().dtls().withSrtpProfiles(List.of(profile)),
                new DropCounters());
        transport.connect(
                stage.now(),
                new DtlsParameters(DtlsRole.CLIENT, transport.dtlsParameters().fingerprints()));
        check();
        stage.turn();
        dtls.start(stage.now(), this);
        for (int i = 0; i < PATIENCE && srtp == null; i++) {
            flush();
            stage.turn();
            receive();
        }
        if (srtp == null) {
            throw new IllegalStateException("no handshake within " + PATIENCE + " turns");
        }
        flush();
        stage.turn();
    }

    /** Checks the path, as a client does all the time, so that the lane does not take it for dead. */
    void check() {
        var ice = transport.iceParameters();
        var id = new byte[TRANSACTION_ID];
        stage.random().nextBytes(id);
        out.add(
                remote,
                0,
                new StunBuilder(StunType.BINDING_REQUEST, id)
                        .username(ice.usernameFragment() + ":warm")
                        .priority(1)
                        .iceControlling(1)
                        .useCandidate()
                        .build(new StunKey(ice.password())));
        flush();
    }

    private void receive() {
        port.receive(in);
        for (int i = 0; i < in.count(); i++) {
            if (Demux.of(in.memory(), in.offset(i), in.length(i)) == Demux.DTLS) {
                var datagram = in.memory().asSlice(in.offset(i), in.length(i)).toArray(ValueLayout.JAVA_BYTE);
                dtls.receive(stage.now(), datagram, this);
            }
        }
    }

    TransportCore transport() {
        return transport;
    }

    TransportAddress remote() {
        return remote;
    }

    OutBatch out() {
        return out;
    }

    SrtpSender srtp() {
        var sender = srtp;
        if (sender == null) {
            throw new IllegalStateException("not connected");
        }
        return sender;
    }

    /** Sends what was queued. */
    void flush() {
        port.send(out);
    }

    /** Takes what came, and remembers of it how far the stream is. @return how many datagrams came */
    int drain() {
        int count = port.receive(in);
        for (int i = 0; i < count; i++) {
            if (Demux.of(in.memory(), in.offset(i), in.length(i)) == Demux.RTP) {
                lastSequence = Bytes.u16(in.memory(), in.offset(i) + 2);
            }
        }
        return count;
    }

    /** Sends what a receiver does: a report, a NACK for a packet that was sent, a request for a key frame. */
    void report(long ssrc) {
        var writer = new RtcpWriter();
        writer.wrap(out.memory(), out.claim(), RTCP_ROOM);
        writer.receiverReport(1);
        writer.reportBlock(ssrc, 0, 0, lastSequence, 0, 0, 0);
        writer.nack(1, ssrc, new long[] {lastSequence}, 1);
        writer.pli(1, ssrc);
        int length = srtp().sealRtcp(out.memory(), out.claim(), writer.length());
        out.commit(remote, 0, length);
        flush();
    }

    /** Leaves. */
    void close(CloseReason reason) {
        transport.close(stage.now(), reason);
        port.close();
        if (srtp != null) {
            srtp.close();
        }
    }

    @Override
    public void send(byte[] datagram) {
        out.add(remote, 0, datagram);
    }

    @Override
    public void connected(SrtpKeys keys) {
        srtp = stage.path().srtp().sender(keys);
    }

    @Override
    public void failed(DtlsFailure why) {
        throw new IllegalStateException("the handshake failed: " + why);
    }

    @Override
    public void closed() {
        // It leaves by itself.
    }
}
