package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.DtlsParameters;
import dev.parley.sfu.DtlsState;
import dev.parley.sfu.IceCandidate;
import dev.parley.sfu.IceParameters;
import dev.parley.sfu.IceState;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.TransportTuple;
import dev.parley.sfu.WebRtcTransportOptions;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.DropCounters;
import dev.parley.sfu.engine.ice.IceConfig;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.wire.TransportAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transport on its lane: what one peer connection's datagrams go through. The package's description has the
 * picture.
 *
 * <p>It lives where it was made, and the kernel is told to deliver there. Where it cannot be told, it may leave once: when the
 * first authentic check arrives at the socket of another lane, it goes there before it does anything else. From then on it
 * stays; what arrives elsewhere is handed over.
 */
public final class TransportCore implements Homed {
    private static final Logger LOG = LoggerFactory.getLogger(TransportCore.class);
    private static final int MAX_TUPLES = 8;

    private final RouterCore router;
    private final String id;
    private final Consumer<TransportEvent> events;
    private final DropCounters drops;
    private final TransportCounts counts = new TransportCounts();
    private final IceSide ice;
    private final DtlsSide dtls;
    private final MediaSide media;
    private final Timers.Timer timer = Timers.Timer.exact(this::ring);
    private final Timers.Timer reportTimer = Timers.Timer.patient(this::ring);
    private final long connectDeadline;
    private final Bell arrivalBell = new Bell(this::arrived);
    private final Bell closeBell = new Bell(this::closeIfAsked);
    /** Where it lives. */
    private volatile LaneCore lane;
    /** Where it lives or is on its way to. */
    private volatile LaneCore home;
    /** The check that it travels with. */
    private volatile @Nullable Check travelling;
    /** Why another lane wants it closed. */
    private volatile @Nullable CloseReason closeAsked;

    private volatile boolean closed;
    /** The time of the call that is being handled, for what the machines call back. */
    private long now;

    /** A check and the path that it came on. */
    private record Check(LaneCore landed, Path path, byte[] datagram) {}

    TransportCore(
            LaneCore lane,
            RouterCore router,
            String id,
            WebRtcTransportOptions options,
            Consumer<TransportEvent> events,
            long now) {
        this.lane = lane;
        home = lane;
        this.router = router;
        this.id = id;
        this.events = events;
        this.now = now;
        drops = new DropCounters(lane.drops());
        connectDeadline = now + options.connectTimeout().toNanos();
        // Closing at the very moment that consent ends is written as a nanosecond later.
        var closeAfter = options.consentTimeout().plus(options.disconnectedTimeout()).plusNanos(1);
        ice = new IceSide(
                this,
                new IceConfig(options.consentTimeout(), closeAfter, options.connectTimeout(), MAX_TUPLES),
                now);
        dtls = new DtlsSide(this);
        media = new MediaSide(this);
        lane.add(this);
        schedule();
    }

    // ---- what the API calls, on the lane's thread

    /** A random id. */
    public String id() {
        return id;
    }

    /** Takes the remote's DTLS parameters. */
    public void connect(long at, DtlsParameters remote) {
        now = at;
        dtls.connect(at, remote);
        schedule();
    }

    /** New ICE credentials. */
    public IceParameters restartIce() {
        return ice.restart();
    }

    /** Announces a stream that comes from the remote. */
    public ProducerCore produce(long at, ProducerSetup setup, Consumer<ProducerEvent> sink) {
        now = at;
        var producer = media.produce(at, setup, sink);
        schedule();
        return producer;
    }

    /** Sends a producer's stream to the remote. */
    public ConsumerCore consume(long at, ConsumerSetup setup, ProducerCore producer, Consumer<ConsumerEvent> sink) {
        now = at;
        var consumer = media.consume(at, setup, producer, sink);
        schedule();
        return consumer;
    }

    /** Closes it, its producers and its consumers; nothing when it is closed. */
    public void close(long at, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        now = at;
        media.close(at);
        dtls.close(at);
        ice.close();
        stopTimers();
        lane.remove(this);
        router.forget(this);
        events.accept(new TransportEvent.Closed(reason));
    }

    /** Closes it, wherever it lives; there it happens before that lane's next turn ends. */
    void askToClose(LaneCore from, long at, CloseReason reason) {
        if (isOn(from)) {
            close(at, reason);
        } else {
            closeAsked = reason;
            from.outbox().ring(home, closeBell);
        }
    }

    private void closeIfAsked(LaneCore on, long at) {
        var reason = closeAsked;
        if (!isOn(on)) {
            on.outbox().ring(home, closeBell);
        } else if (reason != null) {
            close(at, reason);
        }
    }

    // ---- which lane it lives on

    @Override
    public LaneCore home() {
        return home;
    }

    @Override
    public boolean isOn(LaneCore which) {
        return lane == which && home == which;
    }

    LaneCore lane() {
        return lane;
    }

    /** Leaves for another lane; nothing but its names in the directory is left on this one. */
    private void leaveFor(Check check) {
        stopTimers();
        lane.remove(this);
        media.leave();
        travelling = check;
        // First the bell, then the address: whoever is sent to the new home by the address finds the bell there.
        lane.outbox().ring(check.landed(), arrivalBell);
        home = check.landed();
    }

    private void arrived(LaneCore on, long at) {
        var check = travelling;
        if (check == null || check.landed() != on) {
            return;
        }
        travelling = null;
        lane = on;
        home = on;
        now = at;
        on.add(this);
        on.counts().adopted++;
        drops.belongTo(on.drops());
        media.arrive(at);
        receiveStun(at, check.path(), on, check.datagram());
    }

    // ---- what any thread may read

    /** Where the remote sends its checks to. */
    public List<IceCandidate> iceCandidates() {
        return lane.settings().candidates();
    }

    /** Our ICE credentials. */
    public IceParameters iceParameters() {
        return ice.parameters();
    }

    /** Our DTLS role and fingerprints. */
    public DtlsParameters dtlsParameters() {
        return dtls.parameters();
    }

    /** How far ICE is. */
    public IceState iceState() {
        return ice.state();
    }

    /** How far DTLS is. */
    public DtlsState dtlsState() {
        return dtls.state();
    }

    /** Where media goes to. */
    public Optional<TransportTuple> selectedTuple() {
        return Optional.ofNullable(ice.selected()).map(path -> Candidates.tuple(iceCandidates(), path));
    }

    /** The SRTP profile, once DTLS is connected. */
    public Optional<String> srtpCipher() {
        return media.cipher();
    }

    /** Dropped datagrams by reason. */
    public DropCounters drops() {
        return drops;
    }

    /** Datagrams and bytes. */
    public TransportCounts counts() {
        return counts;
    }

    /** Whether it is closed. */
    public boolean isClosed() {
        return closed;
    }

    // ---- what comes from the network

    boolean accepts(TransportAddress source) {
        return ice.accepts(source);
    }

    void receiveStun(long at, Path path, LaneCore landed, byte[] datagram) {
        if (landed != lane && lane.group().followsLanding() && ice.isFirst(datagram)) {
            leaveFor(new Check(landed, path, datagram));
            return;
        }
        now = at;
        counts.received(datagram.length);
        ice.receive(at, path, datagram);
        schedule();
    }

    void receive(long at, Demux kind, MemorySegment memory, long offset, int length) {
        now = at;
        counts.received(length);
        switch (kind) {
            case RTP -> media.receiveRtp(at, memory, offset, length);
            case RTCP -> media.receiveRtcp(at, memory, offset, length);
            case DTLS -> {
                var datagram = new byte[length];
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, datagram, 0, length);
                dtls.receive(at, datagram);
            }
            case STUN, UNKNOWN -> throw new IllegalArgumentException("not a datagram for a transport: " + kind);
        }
        if (kind != Demux.RTP) {
            schedule();
        }
    }

    void failed(long at, RuntimeException bug) {
        LOG.error("Transport {} failed and is closed", id, bug);
        close(at, CloseReason.INTERNAL_ERROR);
    }

    // ---- timers

    /** Sets the timers to what is due next. Called after everything that may have changed it. */
    void schedule() {
        if (!closed) {
            var next = Math.min(Math.min(ice.nextTimeout(), dtls.nextTimeout()), media.nextRequest());
            lane.timers().set(timer, dtls.state() == DtlsState.CONNECTED ? next : Math.min(next, connectDeadline));
            lane.timers().set(reportTimer, media.nextReport());
        }
    }

    private void stopTimers() {
        lane.timers().set(timer, Timers.NEVER);
        lane.timers().set(reportTimer, Timers.NEVER);
    }

    private void ring(long at) {
        now = at;
        try {
            ice.timeout(at);
            if (!closed) {
                dtls.timeout(at);
                dtls.pathReady(at);
            }
            if (!closed) {
                media.timeout(at);
            }
            if (!closed && dtls.state() != DtlsState.CONNECTED && at >= connectDeadline) {
                close(at, CloseReason.NEVER_CONNECTED);
            }
            schedule();
        } catch (RuntimeException bug) {
            failed(at, bug);
        }
    }

    // ---- what the sides tell

    /** Where to send to; null when nothing may be sent. */
    @Nullable Path path() {
        return ice.selected();
    }

    MediaSide media() {
        return media;
    }

    RouterCore router() {
        return router;
    }

    void send(Path path, byte[] datagram) {
        path.send(lane.out(), datagram, this);
    }

    /** What became of a datagram on a path over TCP. */
    void sentOverTcp(TcpLink.Sent sent, int bytes) {
        switch (sent) {
            case QUEUED -> counts.sent(bytes);
            case NO_ROOM_FOR_VIDEO -> drops.count(Drop.TCP_QUEUE_VIDEO);
            case NO_ROOM -> drops.count(Drop.TCP_QUEUE_FULL);
        }
    }

    /** Whether video should wait, because a TCP connection does not keep up. */
    boolean isCongested() {
        var path = path();
        return path != null && path.isCongested();
    }

    /** A TCP connection of this transport is gone: another address takes over, if there is one. On its lane's thread. */
    public void linkGone(long at, TransportAddress remote) {
        now = at;
        if (!closed) {
            ice.gone(at, remote);
            schedule();
        }
    }

    void pathSelected(boolean changed) {
        if (changed) {
            selectedTuple().map(TransportEvent.IceSelectedTupleChanged::new).ifPresent(events);
        }
        dtls.pathReady(now);
        media.pathChanged(now);
    }

    /** Consent is lost: there is no path. */
    void pathLost() {
        media.pathChanged(now);
    }

    void iceStateChanged(IceState state) {
        events.accept(new TransportEvent.IceStateChanged(state));
    }

    void iceGaveUp(CloseReason reason) {
        close(now, reason);
    }

    void secured(SrtpKeys keys) {
        media.secured(now, keys);
    }

    void dtlsStateChanged(DtlsState state) {
        events.accept(new TransportEvent.DtlsStateChanged(state));
        switch (state) {
            case FAILED -> close(now, CloseReason.DTLS_FAILED);
            case CLOSED -> close(now, CloseReason.REMOTE_CLOSED);
            case NEW, CONNECTING, CONNECTED -> {}
        }
    }
}
