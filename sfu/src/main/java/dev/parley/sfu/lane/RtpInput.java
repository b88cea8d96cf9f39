package dev.parley.sfu.lane;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.engine.stream.PacketRing;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.TwccReceiver;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;

/** The way of an SRTP packet into its producer's ring. */
final class RtpInput {
    private final LaneCore lane;
    private final TransportCore transport;
    private final RtpListener listener;
    private final TwccReceiver twcc;
    private final SrtpReceiver srtp;
    private final RtpPacket header = new RtpPacket();

    RtpInput(LaneCore lane, TransportCore transport, RtpListener listener, TwccReceiver twcc, SrtpReceiver srtp) {
        this.lane = lane;
        this.transport = transport;
        this.listener = listener;
        this.twcc = twcc;
        this.srtp = srtp;
    }

    void receive(long now, MemorySegment memory, long offset, int length) {
        if (length > PacketRing.MAX_PACKET) {
            drop(Drop.TOO_LARGE);
            return;
        }
        if (!header.wrapHeader(memory, offset, length)) {
            drop(Drop.RTP_MALFORMED);
            return;
        }
        var producer = listener.find(header.ssrc());
        var stream = producer == null ? null : producer.stream();
        if (producer != null && stream != null) {
            open(now, producer, stream, memory, offset, length);
        } else {
            learn(now, memory, offset, length);
        }
    }

    /** Decrypts into the ring's next slot: the first of the two copies. */
    private void open(
            long now, ProducerCore producer, RecvStream stream, MemorySegment memory, long offset, int length) {
        var ring = stream.ring();
        var slot = ring.claim();
        var plain = srtp.openRtp(memory, offset, length, ring.memory(), slot);
        if (plain < 0) {
            drop(Srtp.drop(plain));
            return;
        }
        received(now, producer, stream, plain);
    }

    private void received(long now, ProducerCore producer, RecvStream stream, int length) {
        if (stream.receive(now, length) >= 0) {
            producer.received(stream.packet());
        }
        noteArrival(now, stream.config().extensions().id(RtpExtension.TRANSPORT_CC), stream.packet());
        lane.receivedBy(producer);
    }

    /**
     * For the sender's bandwidth estimate every authentic packet counts, whatever becomes of it (probes are padding
     * alone).
     */
    private void noteArrival(long now, int id, RtpPacket packet) {
        var at = packet.extensionOffset(id);
        if (at >= 0 && packet.extensionLength(id) >= 2) {
            twcc.arrived(now, Bytes.u16(packet.segment(), packet.offset() + at), packet.ssrc());
        }
    }

    /**
     * An SSRC that nobody announced: a producer that announced its media id alone learns it from the first packet that
     * proves authentic. Until then the packet lies in memory that the lane has for such.
     */
    private void learn(long now, MemorySegment memory, long offset, int length) {
        var producer = listener.findByMid(header);
        if (producer.isEmpty() || !producer.get().isMedia(header.payloadType())) {
            drop(Drop.UNDECLARED_STREAM);
            return;
        }
        var plain = srtp.openRtp(memory, offset, length, lane.scratch(), 0);
        if (plain < 0) {
            drop(Srtp.drop(plain));
            return;
        }
        var stream = producer.get().learn(now, header.ssrc());
        listener.learn(header.ssrc(), producer.get());
        var slot = stream.ring().claim();
        MemorySegment.copy(lane.scratch(), 0, stream.ring().memory(), slot, plain);
        received(now, producer.get(), stream, plain);
    }

    private void drop(Drop reason) {
        transport.drops().count(reason);
    }

    void close() {
        srtp.close();
    }
}
