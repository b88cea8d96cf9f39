package dev.parley.sfu.lane;

import dev.parley.sfu.engine.forward.Forwarder;
import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.udp.OutBatch;
import dev.parley.sfu.wire.rtcp.RtcpWriter;

/** The way of RTP and RTCP out of a transport: encrypted where it will be sent from. */
final class RtpOutput {
    /** Bytes of plain RTCP in a datagram: fits any path with its trailer. */
    private static final int RTCP_ROOM = 1_200;

    private final OutBatch out;
    private final TransportCore transport;
    private final SrtpSender srtp;
    private final RtcpWriter writer = new RtcpWriter();

    RtpOutput(OutBatch out, TransportCore transport, SrtpSender srtp) {
        this.out = out;
        this.transport = transport;
        this.srtp = srtp;
    }

    /** Sends all that a forwarder has: the second of the two copies. @param video whether it is video */
    void send(long now, Forwarder forwarder, boolean video) {
        var path = transport.path();
        if (path == null) {
            return;
        }
        while (true) {
            var at = out.claim();
            var header = forwarder.next(now, out.memory(), at);
            if (header == 0) {
                return;
            }
            var length = forwarder.repeats() ? sealAgain(forwarder, at, header) : seal(forwarder, at, header);
            if (length < 0) {
                transport.drops().count(Srtp.drop(length));
            } else if (forwarder.confirm(now)) {
                path.send(out, at, length, video, transport);
            }
        }
    }

    private int seal(Forwarder forwarder, long at, int header) {
        return srtp.sealRtp(
                out.memory(),
                at,
                header,
                forwarder.prefixLength(),
                forwarder.payload(),
                forwarder.payloadOffset(),
                forwarder.payloadLength());
    }

    private int sealAgain(Forwarder forwarder, long at, int header) {
        return srtp.sealRtpAgain(
                out.memory(),
                at,
                header,
                forwarder.prefixLength(),
                forwarder.payload(),
                forwarder.payloadOffset(),
                forwarder.payloadLength());
    }

    /** Starts a datagram of RTCP. Nothing else may be sent before {@link #endRtcp}. */
    RtcpWriter beginRtcp() {
        writer.wrap(out.memory(), out.claim(), RTCP_ROOM);
        return writer;
    }

    /** Sends what was written, if anything. */
    void endRtcp() {
        var path = transport.path();
        if (writer.length() == 0 || path == null) {
            return;
        }
        var at = out.claim();
        var length = srtp.sealRtcp(out.memory(), at, writer.length());
        if (length < 0) {
            transport.drops().count(Srtp.drop(length));
            return;
        }
        path.send(out, at, length, false, transport);
    }

    void close() {
        srtp.close();
    }
}
