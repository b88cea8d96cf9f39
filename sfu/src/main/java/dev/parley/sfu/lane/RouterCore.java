package dev.parley.sfu.lane;

import dev.parley.sfu.AudioLevelObserverOptions;
import dev.parley.sfu.CloseReason;
import dev.parley.sfu.RtpCapabilities;
import dev.parley.sfu.TransportEvent;
import dev.parley.sfu.WebRtcTransportOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** One router on its lane: the transports that forward to each other. */
public final class RouterCore {
    private final LaneCore lane;
    private final String id;
    private final RtpCapabilities capabilities;
    private final Set<TransportCore> transports = new LinkedHashSet<>();
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

    /** Creates a transport that reports to a sink, on the lane's thread. */
    public TransportCore createTransport(long now, WebRtcTransportOptions options, Consumer<TransportEvent> events) {
        lane.refuseOverLimit(lane.counts().transports(), lane.settings().limits().transports(), "transports");
        var transport = new TransportCore(lane, this, lane.newId(), options, events, now);
        transports.add(transport);
        return transport;
    }

    /** Creates an observer of levels. */
    public AudioLevelCore createAudioLevelObserver(AudioLevelObserverOptions options, AudioLevelCore.Out out) {
        var observer = new AudioLevelCore(lane, options, out);
        return add(observer);
    }

    /** Creates an observer of speakers. */
    public ActiveSpeakerCore createActiveSpeakerObserver(ActiveSpeakerCore.Out out) {
        var observer = new ActiveSpeakerCore(lane, out);
        return add(observer);
    }

    private <T extends Observer> T add(T observer) {
        observers.removeIf(Observer::isClosed);
        observers.add(observer);
        return observer;
    }

    /** Closes its transports and observers; nothing when it is closed. */
    public void close(long now, CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        var why = reason == CloseReason.CLOSE_CALLED ? CloseReason.ROUTER_CLOSED : reason;
        List.copyOf(transports).forEach(transport -> transport.close(now, why));
        observers.forEach(Observer::close);
        lane.forget(this);
    }

    void forget(TransportCore transport) {
        transports.remove(transport);
    }
}
