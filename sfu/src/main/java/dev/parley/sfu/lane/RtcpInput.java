package dev.parley.sfu.lane;

import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.wire.rtcp.Fir;
import dev.parley.sfu.wire.rtcp.Nack;
import dev.parley.sfu.wire.rtcp.ReportBlock;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.SenderReport;
import java.lang.foreign.MemorySegment;

/**
 * The way of an SRTCP packet to the streams that it is about. Only streams of the same transport are looked up:
 * feedback about anybody else's finds nothing.
 */
final class RtcpInput {
    private final LaneCore lane;
    private final TransportCore transport;
    private final RtpListener listener;
    private final SsrcMap<ConsumerCore> consumers;
    private final SrtpReceiver srtp;
    private final RtcpReader reader = new RtcpReader();

    RtcpInput(
            LaneCore lane,
            TransportCore transport,
            RtpListener listener,
            SsrcMap<ConsumerCore> consumers,
            SrtpReceiver srtp) {
        this.lane = lane;
        this.transport = transport;
        this.listener = listener;
        this.consumers = consumers;
        this.srtp = srtp;
    }

    void receive(long now, MemorySegment memory, long offset, int length) {
        var plain = srtp.openRtcp(memory, offset, length, lane.scratch(), 0);
        if (plain < 0) {
            transport.drops().count(Srtp.drop(plain));
            return;
        }
        reader.wrap(lane.scratch(), 0, plain);
        while (reader.next()) {
            dispatch(now);
        }
        if (reader.isMalformed()) {
            transport.drops().count(Drop.RTCP_MALFORMED);
        }
    }

    private void dispatch(long now) {
        switch (reader.kind()) {
            case SENDER_REPORT -> {
                senderReport(now);
                reportBlocks(now);
            }
            case RECEIVER_REPORT -> reportBlocks(now);
            case NACK -> nack(now);
            case PLI -> {
                var consumer = consumers.get(reader.mediaSsrc());
                if (consumer != null) {
                    consumer.onPli(now);
                }
            }
            case FIR -> fir(now);
            case BYE -> goodbye();
            // Nothing is sent by the estimates in TRANSPORT_CC and REMB yet.
            case SOURCE_DESCRIPTION, TRANSPORT_CC, REMB, OTHER -> {}
        }
    }

    private void senderReport(long now) {
        var producer = listener.find(reader.senderSsrc());
        var stream = producer == null ? null : producer.stream();
        // The retransmissions' own reports say nothing about the media.
        if (stream != null && stream.config().ssrc() == reader.senderSsrc()) {
            stream.onSenderReport(now, SenderReport.ntp(reader), SenderReport.rtpTimestamp(reader));
        }
    }

    /**
     * Counted, and no more: signalling says when a stream ends. A client may also say goodbye to a stream that it merely
     * suspends, and go on later under the same SSRC.
     */
    private void goodbye() {
        for (var i = 0; i < reader.count(); i++) {
            var producer = listener.find(reader.byeSsrc(i));
            var stream = producer == null ? null : producer.stream();
            if (stream != null && stream.config().ssrc() == reader.byeSsrc(i)) {
                stream.onGoodbye();
            }
        }
    }

    private void reportBlocks(long now) {
        for (var i = 0; i < reader.count(); i++) {
            var consumer = consumers.get(ReportBlock.ssrc(reader, i));
            if (consumer != null) {
                consumer.onReportBlock(now, reader, i);
            }
        }
    }

    private void nack(long now) {
        var consumer = consumers.get(reader.mediaSsrc());
        if (consumer == null) {
            return;
        }
        consumer.onNackMessage();
        for (var i = 0; i < Nack.entries(reader); i++) {
            consumer.onNack(now, Nack.pid(reader, i), Nack.blp(reader, i));
        }
        consumer.forward(now);
    }

    private void fir(long now) {
        for (var i = 0; i < Fir.entries(reader); i++) {
            var consumer = consumers.get(Fir.ssrc(reader, i));
            if (consumer != null) {
                consumer.onFir(now);
            }
        }
    }
}
