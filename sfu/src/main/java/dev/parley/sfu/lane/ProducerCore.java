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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One producer on its transport's lane: a stream that a client sends. Its consumers, on whatever lanes, form an {@link
 * Audience} a lane, which reads the ring and the state of this producer by itself.
 */
public final class ProducerCore implements Homed {
    private final TransportCore transport;
    private final ProducerSetup setup;
    private final Consumer<ProducerEvent> events;
    private final DropCounters drops;
    private final AudioMeter meter = new AudioMeter();
    /** By the number of the lane; written by that lane's thread, null where it has no consumers. */
    private final AtomicReferenceArray<@Nullable Audience> audiences;
    /** Somebody on another lane needs a key frame. */
    private final Bell keyFrameBell = new Bell((on, now) -> requestKeyFrame(on, now));
    /** Counts up with everything that the consumers must know. */
    private final AtomicInteger changes = new AtomicInteger();
    /** Counts up with every pause and every end of one: odd while paused. */
    private final AtomicInteger pauses;
    /** Null until the SSRC is known, which it is from the start when the client announced it. */
    private volatile @Nullable RecvStream stream;

    private boolean received;
    private volatile boolean closed;

    ProducerCore(TransportCore transport, ProducerSetup setup, Consumer<ProducerEvent> events) {
        this.transport = transport;
        this.setup = setup;
        this.events = events;
        drops = new DropCounters(transport.lane().drops());
        audiences = new AtomicReferenceArray<>(transport.lane().group().size());
        pauses = new AtomicInteger(setup.paused() ? 1 : 0);
    }

    void start(long now) {
        transport.lane().counts().producers++;
        StreamConfigs.encodingOf(setup.rtpParameters()).ssrc().ifPresent(ssrc -> learn(now, ssrc));
    }

    /** The transport is on another lane now. */
    void arrive() {
        drops.belongTo(transport.lane().drops());
    }

    // ---- what the API calls, on the lane's thread

    /** Drops its packets from now on and tells its consumers. */
    public void pause(long now) {
        if (!isPaused()) {
            pauses.incrementAndGet();
            changed(now);
        }
    }

    /** Forwards again and tells its consumers. */
    public void resume(long now) {
        if (isPaused()) {
            pauses.incrementAndGet();
            changed(now);
        }
    }

    /** Closes it and its consumers; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        changed(now);
        transport.media().forget(this);
        var ending = stream;
        if (ending != null) {
            stream = null;
            ending.close();
        }
        transport.lane().counts().producers--;
        events.accept(new ProducerEvent.Closed(reason));
    }

    /** Counters of its encodings: none before its SSRC is known. @param timestamp milliseconds since 1970 */
    public List<InboundRtpStats> stats(long now, long timestamp) {
        var current = stream;
        return current == null ? List.of() : List.of(StatsReports.inbound(setup, current, drops, now, timestamp));
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
        return (pauses.get() & 1) != 0;
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

    /** Changes when there is something that the consumers must know. */
    int changes() {
        return changes.get();
    }

    /** How often it was paused and resumed; odd while it is paused. */
    int pauses() {
        return pauses.get();
    }

    // ---- what comes in

    /** Where its packets go; null before the SSRC is known. Other lanes may read its ring and clock. */
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
        changed(now);
        return made;
    }

    /** Its SSRCs so far. */
    List<Long> ssrcs() {
        var ssrcs = new ArrayList<Long>(2);
        StreamConfigs.encodingOf(setup.rtpParameters()).rtx().ifPresent(rtx -> ssrcs.add(rtx.ssrc()));
        StreamConfigs.encodingOf(setup.rtpParameters()).ssrc().ifPresent(ssrcs::add);
        var current = stream;
        if (current != null) {
            ssrcs.add(current.config().ssrc());
        }
        return ssrcs;
    }

    /** The stream took a packet. While paused it keeps its place in the stream, and its content goes nowhere. */
    void received(RtpPacket packet) {
        if (isPaused()) {
            drops.count(Drop.PRODUCER_PAUSED);
            return;
        }
        var current = stream;
        if (current != null) {
            var at = packet.extensionOffset(current.config().extensions().id(RtpExtension.AUDIO_LEVEL));
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

    /** Rings for the consumers on other lanes; before {@link #forward}. */
    void tellOthers() {
        var lane = transport.lane();
        if (isPaused()) {
            return;
        }
        for (var i = 0; i < audiences.length(); i++) {
            var audience = i == lane.index() ? null : audiences.get(i);
            if (audience != null) {
                lane.outbox().ring(lane.group().lane(i), audience.bell());
            }
        }
    }

    /** Hands what came in during this turn to the consumers on this lane, and sets the timer for what must go back. */
    void forward(long now) {
        received = false;
        if (closed) {
            return;
        }
        var audience = audiences.get(transport.lane().index());
        if (audience != null) {
            audience.forward(transport.lane(), now);
        }
        transport.schedule();
    }

    /** The consumers see what became of this producer: here at once, on other lanes when they hear of it. */
    private void changed(long now) {
        changes.incrementAndGet();
        var lane = transport.lane();
        for (var i = 0; i < audiences.length(); i++) {
            var audience = audiences.get(i);
            if (audience != null && i == lane.index()) {
                audience.look(now);
            } else if (audience != null) {
                lane.outbox().ring(lane.group().lane(i), audience.bell());
            }
        }
    }

    // ---- what goes back

    /** Somebody, on any lane, needs a key frame; how often the client is asked is limited. */
    void requestKeyFrame(LaneCore from, long now) {
        if (!isOn(from)) {
            from.outbox().ring(home(), keyFrameBell);
            return;
        }
        var current = stream;
        if (current != null && !isPaused()) {
            current.requestKeyFrame(now);
            transport.schedule();
        }
    }

    long nextRequest() {
        var current = stream;
        return current == null ? Timers.NEVER : current.nextTimeout();
    }

    // ---- who listens

    ProducerSetup setup() {
        return setup;
    }

    AudioMeter meter() {
        return meter;
    }

    /** A consumer on this lane listens from now on; what it does not know yet, it must look at itself afterwards. */
    void add(LaneCore lane, ConsumerCore consumer) {
        var audience = audiences.get(lane.index());
        if (audience == null) {
            audience = new Audience(this);
            audiences.set(lane.index(), audience);
        }
        audience.add(consumer);
    }

    /** It listens no longer on this lane. */
    void remove(LaneCore lane, ConsumerCore consumer) {
        var audience = audiences.get(lane.index());
        if (audience != null) {
            audience.remove(consumer);
            if (audience.isEmpty()) {
                audiences.set(lane.index(), null);
            }
        }
    }
}
