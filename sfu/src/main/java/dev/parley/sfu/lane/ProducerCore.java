package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.InboundRtpStats;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.RtxParameters;
import dev.parley.sfu.StreamCounts;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.audio.AudioMeter;
import dev.parley.sfu.engine.stream.RecvStream;
import dev.parley.sfu.wire.Bytes;
import dev.parley.sfu.wire.rtp.RtpExtension;
import dev.parley.sfu.wire.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One producer on its lane: a stream that a client sends, and the consumers that it is forwarded to. */
public final class ProducerCore {
    private final LaneCore lane;
    private final TransportCore transport;
    private final ProducerSetup setup;
    private final Consumer<ProducerEvent> events;
    private final DropCounters drops;
    private final AudioMeter meter = new AudioMeter();
    private final List<ConsumerCore> consumers = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>(2);
    /** Null until the SSRC is known, which it is from the start when the client announced it. */
    private @Nullable RecvStream stream;
    private boolean received;
    private volatile boolean paused;
    private volatile boolean closed;

    ProducerCore(LaneCore lane, TransportCore transport, ProducerSetup setup, Consumer<ProducerEvent> events) {
        this.lane = lane;
        this.transport = transport;
        this.setup = setup;
        this.events = events;
        drops = new DropCounters(lane.drops());
        paused = setup.paused();
    }

    void start(long now) {
        lane.counts().producers++;
        StreamConfigs.encodingOf(setup.rtpParameters()).ssrc().ifPresent(ssrc -> learn(now, ssrc));
    }

    // ---- what the API calls, on the lane's thread

    /** Drops its packets from now on and tells its consumers. */
    public void pause(long now) {
        if (!paused) {
            paused = true;
            consumers.forEach(consumer -> consumer.producerPaused(now));
        }
    }

    /** Forwards again and tells its consumers. */
    public void resume(long now) {
        if (paused) {
            paused = false;
            consumers.forEach(consumer -> consumer.producerResumed(now));
        }
    }

    /** Closes it and its consumers; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(consumers).forEach(consumer -> consumer.close(now, CloseReason.PRODUCER_CLOSED));
        List.copyOf(observers).forEach(observer -> observer.remove(this));
        transport.media().forget(this);
        if (stream != null) {
            stream.close();
            stream = null;
        }
        lane.counts().producers--;
        events.accept(new ProducerEvent.Closed(reason));
    }

    /** Counters of its encodings: none before its SSRC is known. @param timestamp milliseconds since 1970 */
    public List<InboundRtpStats> stats(long now, long timestamp) {
        return stream == null ? List.of() : List.of(StatsReports.inbound(setup, stream, drops, now, timestamp));
    }

    // ---- what any thread may read

    /** A random id. */
    public String id() {
        return setup.id();
    }

    /** What it received so far; a moment old. */
    public StreamCounts counts() {
        var begun = stream;
        return begun == null
                ? StreamCounts.NONE
                : new StreamCounts(begun.packets(), begun.bytes(), begun.repaired());
    }

    /** Whether its packets are dropped. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether it is closed. */
    public boolean isClosed() {
        return closed;
    }

    // ---- what comes in

    /** Where its packets go; null before the SSRC is known. */
    @Nullable RecvStream stream() {
        return stream;
    }

    /** Whether it announced no SSRC and has not learned one. */
    boolean learnsSsrc() {
        return stream == null && !closed;
    }

    boolean isMedia(int payloadType) {
        return payloadType == StreamConfigs.codecOf(setup.rtpParameters()).payloadType();
    }

    /** Its packets have this SSRC: from now on there is a stream, to which the consumers attach. */
    RecvStream learn(long now, long ssrc) {
        var rtx = StreamConfigs.encodingOf(setup.rtpParameters())
                .rtx()
                .map(RtxParameters::ssrc)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
        var config = StreamConfigs.receive(setup.kind(), setup.rtpParameters(), ssrc, rtx);
        var made = new RecvStream(config, transport.media().localSsrc(), transport.media().remoteClock(), drops);
        stream = made;
        consumers.forEach(consumer -> consumer.attach(now, made));
        return made;
    }

    /** Its SSRCs so far. */
    List<Long> ssrcs() {
        var ssrcs = new ArrayList<Long>(2);
        StreamConfigs.encodingOf(setup.rtpParameters()).rtx().ifPresent(rtx -> ssrcs.add(rtx.ssrc()));
        StreamConfigs.encodingOf(setup.rtpParameters()).ssrc().ifPresent(ssrcs::add);
        if (stream != null) {
            ssrcs.add(stream.config().ssrc());
        }
        return ssrcs;
    }

    /** The stream took a packet. While paused it keeps its place in the stream, and its content goes nowhere. */
    void received(RtpPacket packet) {
        if (paused) {
            drops.count(Drop.PRODUCER_PAUSED);
            return;
        }
        if (stream != null) {
            var at = packet.extensionOffset(stream.config().extensions().id(RtpExtension.AUDIO_LEVEL));
            if (at >= 0) {
                meter.level(Bytes.u8(packet.segment(), packet.offset() + at) & 0x7f);
            }
        }
    }

    /** Notes that it is to forward in this turn; whether that is news. */
    boolean markReceived() {
        var first = !received;
        received = true;
        return first;
    }

    /** Hands what came in during this turn to the consumers, and sets the timer for what must go back. */
    void forward(long now) {
        received = false;
        if (closed) {
            return;
        }
        if (!paused) {
            // From the last one: one that fails is closed, and with it others behind it may go.
            for (var i = consumers.size() - 1; i >= 0; i = Math.min(i, consumers.size()) - 1) {
                consumers.get(i).forwardOrFail(now);
            }
        }
        transport.schedule();
    }

    // ---- what goes back

    /** Somebody needs a key frame; how often the client is asked is limited. */
    void requestKeyFrame(long now) {
        if (stream != null && !paused) {
            stream.requestKeyFrame(now);
            transport.schedule();
        }
    }

    long nextFeedback() {
        return stream == null ? Timers.NEVER : stream.nextTimeout();
    }

    // ---- who listens

    ProducerSetup setup() {
        return setup;
    }

    AudioMeter meter() {
        return meter;
    }

    boolean observe(Observer observer) {
        return !observers.contains(observer) && observers.add(observer);
    }

    boolean unobserve(Observer observer) {
        return observers.remove(observer);
    }

    void add(ConsumerCore consumer) {
        consumers.add(consumer);
    }

    void remove(ConsumerCore consumer) {
        consumers.remove(consumer);
    }
}
