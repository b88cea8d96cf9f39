package dev.parley.sfu.lane;

import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.CloseReason;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.WebRtcTransportOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One router: the transports that forward to each other, on whatever lanes. The router itself, with its observers, lives
 * on the lane that made it.
 */
public final class RouterCore implements Homed {
    private final LaneCore lane;
    private final String id;
    private final RtpCapabilities capabilities;
    /** In the order in which they were made. They come and go on any lane, seldom: the one set that has a lock. */
    private final Set<TransportCore> transports = Collections.synchronizedSet(new LinkedHashSet<>());
    private final List<Observer> observers = new ArrayList<>();
    private volatile boolean closed;

    RouterCore(LaneCore lane, String id, RtpCapabilities capabilities) {
        this.lane = lane;
        this.id = id;
        this.capabilities = capabilities;
    }

    /** A random id. */
    public String id() {
        return id;
    }

    /** What participants may send and receive. */
    public RtpCapabilities capabilities() {
        return capabilities;
    }

    /** Whether it is closed; from any thread. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public LaneCore home() {
        return lane;
    }

    @Override
    public boolean isOn(LaneCore which) {
        return lane == which;
    }

    /** Creates a transport on the router's own lane. */
    public TransportCore createTransport(long now, WebRtcTransportOptions options, Consumer<TransportEvent> events) {
        return createTransport(lane, now, options, events);
    }

    /**
     * Creates a transport that reports to a sink, on a lane whose thread this is. It stays there unless its first check
     * arrives elsewhere.
     */
    public TransportCore createTransport(
            LaneCore on, long now, WebRtcTransportOptions options, Consumer<TransportEvent> events) {
        on.refuseOverLimit(
                on.group().total(LaneCounts::transports), on.settings().limits().transports(), "transports");
        var transport = new TransportCore(on, this, on.newId(), options, events, now);
        transports.add(transport);
        // The router may have closed on its own lane meanwhile: either it saw the transport, or this sees its end.
        if (closed) {
            transport.close(now, CloseReason.ROUTER_CLOSED);
        }
        return transport;
    }

    /** Creates an observer of levels. */
    public Observer createAudioLevelObserver(AudioLevelObserverOptions options, AudioLevelCore.Out out) {
        return observer(new AudioLevelCore(options, out));
    }

    /** Creates an observer of speakers. */
    public Observer createActiveSpeakerObserver(ActiveSpeakerCore.Out out) {
        return observer(new ActiveSpeakerCore(out));
    }

    private Observer observer(Observer.Ear ear) {
        var observer = new Observer(lane, ear);
        observers.removeIf(Observer::isClosed);
        observers.add(observer);
        return observer;
    }

    /** Closes its transports, those on other lanes a moment later, and its observers; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        var why = reason == CloseReason.CLOSE_CALLED ? CloseReason.ROUTER_CLOSED : reason;
        List.copyOf(transports).forEach(transport -> transport.askToClose(lane, now, why));
        observers.forEach(Observer::close);
        lane.forget(this);
    }

    void forget(TransportCore transport) {
        transports.remove(transport);
    }
}
