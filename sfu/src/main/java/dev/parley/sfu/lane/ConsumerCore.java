package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.MediaKind;
import dev.parley.sfu.OutboundRtpStats;
import dev.parley.sfu.StreamCounts;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.forward.Forwarder;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.engine.stream.SendStreamConfig;
import dev.parley.sfu.wire.rtcp.ReportBlock;
import dev.parley.sfu.wire.rtcp.RtcpReader;
import dev.parley.sfu.wire.rtcp.RtcpWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One consumer on its transport's lane, which need not be the producer's: a producer's stream as one client gets it. Packets flow while neither it nor its
 * producer is paused and its transport can send; whenever that becomes so, a video begins with a key frame.
 */
public final class ConsumerCore implements Homed {
    private final TransportCore transport;
    private final ConsumerSetup setup;
    private final ProducerCore producer;
    private final Consumer<ConsumerEvent> events;
    private final SendStreamConfig config;
    /** Null until the producer's SSRC is known. */
    private @Nullable Forwarder forwarder;
    private boolean flowing;
    /** How often the producer was paused and resumed, as far as this consumer knows. */
    private int pausesSeen;
    /** Whether it is left out because the lane falls behind, and how many packets it lost that way. */
    private boolean shed;

    private long shedPackets;
    private volatile boolean paused = true;
    private volatile boolean closed;

    ConsumerCore(
            TransportCore transport,
            ConsumerSetup setup,
            ProducerCore producer,
            Consumer<ConsumerEvent> events) {
        this.transport = transport;
        this.setup = setup;
        this.producer = producer;
        this.events = events;
        config = StreamConfigs.send(setup.kind(), setup.rtpParameters(), transport.lane().random());
    }

    void start(long now) {
        pausesSeen = producer.pauses();
        arrive(now);
    }

    /** Listens to the producer on the lane that the transport is on now. */
    void arrive(long now) {
        transport.lane().counts().consumer(setup.kind(), 1);
        producer.add(transport.lane(), this);
        look(now);
    }

    /** Listens no longer on this lane. */
    void leave() {
        transport.lane().counts().consumer(setup.kind(), -1);
        producer.remove(transport.lane(), this);
    }

    // ---- what the API calls, on the lane's thread

    /** Forwards nothing from now on. */
    public void pause(long now) {
        paused = true;
        update(now);
    }

    /** Forwards; a video from a key frame on: one that came a moment ago, else one that is asked for. */
    public void resume(long now) {
        paused = false;
        update(now);
    }

    /** Asks the producer's client for a key frame. */
    public void requestKeyFrame(long now) {
        producer.requestKeyFrame(transport.lane(), now);
    }

    /** Closes it; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        if (reason != CloseReason.TRANSPORT_CLOSED) {
            sayGoodbye(now);
        }
        leave();
        transport.media().forget(this);
        if (forwarder != null) {
            forwarder.close();
            forwarder = null;
        }
        events.accept(new ConsumerEvent.Closed(reason));
    }

    /** Counters. @param timestamp milliseconds since 1970 */
    public OutboundRtpStats stats(long now, long timestamp) {
        return StatsReports.outbound(setup, config, forwarder, shedPackets, now, timestamp);
    }

    // ---- what any thread may read

    /** What it sent so far; a moment old. */
    public StreamCounts counts() {
        var begun = forwarder;
        return begun == null
                ? StreamCounts.NONE
                : new StreamCounts(begun.stream().packets(), begun.stream().bytes(), begun.stream().resent());
    }

    /** Whether this consumer is paused. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether it is closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public LaneCore home() {
        return transport.home();
    }

    @Override
    public boolean isOn(LaneCore lane) {
        return transport.isOn(lane);
    }

    // ---- forwarding

    long ssrc() {
        return config.ssrc();
    }

    /** Takes over what became of the producer, which may live on another lane. */
    void look(long now) {
        if (producer.isClosed()) {
            close(now, CloseReason.PRODUCER_CLOSED);
            return;
        }
        var stream = producer.stream();
        if (forwarder == null && stream != null) {
            attach(now, stream);
        }
        for (var current = producer.pauses(); pausesSeen != current; ) {
            pausesSeen++;
            update(now);
            events.accept(producerPaused() ? new ConsumerEvent.ProducerPaused() : new ConsumerEvent.ProducerResumed());
        }
    }

    private boolean producerPaused() {
        return (pausesSeen & 1) != 0;
    }

    /** The producer's stream is there; unless it closes at this moment, which the next look tells. */
    private void attach(long now, RecvStream stream) {
        if (stream.ring().retain()) {
            forwarder = new Forwarder(config, stream.ring(), stream.clock(), transport.media().counter());
            stream.ring().release();
            flowing = false;
            update(now);
        }
    }

    /** Starts or stops the flow when one of its conditions changed. */
    void update(long now) {
        var wanted = !paused && !producerPaused() && transport.media().output() != null;
        if (forwarder == null || wanted == flowing) {
            return;
        }
        flowing = wanted;
        if (wanted) {
            var begun = forwarder.resumeAtRecentKeyFrame(now);
            if (!begun && config.startsAtKeyFrame()) {
                producer.requestKeyFrame(transport.lane(), now);
            }
        } else {
            forwarder.pause();
        }
    }

    /** As {@link #forward}; a bug that shows here closes this consumer's transport, not the producer that calls. */
    void forwardOrFail(long now) {
        try {
            forward(now);
        } catch (RuntimeException bug) {
            transport.failed(now, bug);
        }
    }

    /** Sends what its forwarder has: new packets, and those that were asked for again. */
    void forward(long now) {
        var output = transport.media().output();
        if (forwarder == null || !flowing || output == null || leftOut(forwarder, now)) {
            return;
        }
        output.send(now, forwarder, setup.kind() == MediaKind.VIDEO);
        if (forwarder.pollKeyFrameWanted()) {
            producer.requestKeyFrame(transport.lane(), now);
        }
    }

    /**
     * Whether this video is given up for now, because the lane falls behind, or the client's TCP connection does. It goes on
     * with a key frame.
     */
    private boolean leftOut(Forwarder video, long now) {
        var lane = transport.lane();
        var before = shed;
        var isVideo = setup.kind() == MediaKind.VIDEO;
        var congested = isVideo && transport.isCongested();
        shed = congested || isVideo && lane.overload().sheds(config.ssrc());
        if (shed) {
            var packets = video.skip();
            shedPackets += packets;
            if (congested) {
                transport.drops().count(Drop.TCP_QUEUE_VIDEO, packets);
            } else {
                lane.drops().count(Drop.SHED, packets);
            }
        } else if (before && config.startsAtKeyFrame()) {
            producer.requestKeyFrame(lane, now);
        }
        return shed;
    }

    // ---- RTCP

    void onNackMessage() {
        if (forwarder != null) {
            forwarder.stream().onNackMessage();
        }
    }

    void onNack(long now, int pid, int blp) {
        if (forwarder != null) {
            forwarder.stream().onNack(now, pid, blp);
        }
    }

    void onPli(long now) {
        if (forwarder != null) {
            forwarder.stream().onPli();
            requestedByReceiver(now);
        }
    }

    void onFir(long now) {
        if (forwarder != null) {
            forwarder.stream().onFir();
            requestedByReceiver(now);
        }
    }

    /** A receiver that is not sent anything has no picture to repair. */
    private void requestedByReceiver(long now) {
        if (flowing && !shed) {
            producer.requestKeyFrame(transport.lane(), now);
        }
    }

    void onReportBlock(long now, RtcpReader reader, int block) {
        if (forwarder != null) {
            forwarder
                    .stream()
                    .onReportBlock(
                            now,
                            ReportBlock.fractionLost(reader, block),
                            ReportBlock.cumulativeLost(reader, block),
                            ReportBlock.jitter(reader, block),
                            ReportBlock.lastSenderReport(reader, block),
                            ReportBlock.delaySinceLastSenderReport(reader, block));
        }
    }

    /**
     * Tells the receiver that there is no more to come. Not when the whole transport closes: its DTLS says goodbye for
     * all of its streams, and there are many of them.
     */
    private void sayGoodbye(long now) {
        var output = transport.media().output();
        if (forwarder != null && output != null) {
            forwarder.stream().appendGoodbye(now, transport.lane().ntp(now), output.beginRtcp());
            output.endRtcp();
        }
    }

    void appendReport(long now, long ntp, RtcpWriter writer) {
        if (forwarder != null && flowing) {
            forwarder.stream().appendReport(now, ntp, writer);
        }
    }
}
