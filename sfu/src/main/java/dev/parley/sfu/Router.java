package dev.parley.sfu;

import dev.parley.sfu.lane.RouterCore;
import dev.parley.sfu.ortc.Ortc;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Forwards media among the transports that it created. Safe for use by any number of threads. */
public final class Router implements AutoCloseable {
    private final Sfu sfu;
    private final RouterCore core;
    private final RtpCapabilities capabilities;
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();

    Router(Sfu sfu, RouterCore core, RtpCapabilities capabilities) {
        this.sfu = sfu;
        this.core = core;
        this.capabilities = capabilities;
    }

    /** A random id (UUID). */
    public String id() {
        return core.id();
    }

    /** What participants may send and receive; clients load their device with it. */
    public RtpCapabilities rtpCapabilities() {
        return capabilities;
    }

    /** Creates a transport with default options. */
    public WebRtcTransport createWebRtcTransport() {
        return createWebRtcTransport(WebRtcTransportOptions.defaults());
    }

    /** Creates a transport. Throws {@link SfuException} {@code limit-reached} when the SFU has too many. */
    public WebRtcTransport createWebRtcTransport(WebRtcTransportOptions options) {
        return sfu.threads().call(sfu.threads().near(core), (lane, now) -> {
            refuseIfClosed();
            return new WebRtcTransport(sfu, this, events -> core.createTransport(lane, now, options, events));
        });
    }

    /** Whether a client with these capabilities can receive that producer; false when there is no such producer. */
    public boolean canConsume(String producerId, RtpCapabilities rtpCapabilities) {
        refuseIfClosed();
        Ortc.validate(rtpCapabilities);
        return producer(producerId)
                .filter(producer -> Ortc.canConsume(producer.consumable(), rtpCapabilities))
                .isPresent();
    }

    /** Creates an observer that tells how loud producers are. */
    public AudioLevelObserver createAudioLevelObserver(AudioLevelObserverOptions options) {
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return new AudioLevelObserver(sfu, this, events -> core.createAudioLevelObserver(options, events));
        });
    }

    /** Creates an observer that tells who is speaking. */
    public ActiveSpeakerObserver createActiveSpeakerObserver() {
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return new ActiveSpeakerObserver(sfu, this, events -> core.createActiveSpeakerObserver(events));
        });
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        return core.isClosed();
    }

    /** Closes all its transports, and with them their producers and consumers. Closing twice is harmless. */
    @Override
    public void close() {
        if (!closed() && !sfu.closed()) {
            sfu.threads().runEverywhere(core, (lane, now) -> core.close(now, CloseReason.CLOSE_CALLED));
        }
    }

    Optional<Producer> producer(String id) {
        return Optional.ofNullable(producers.get(id));
    }

    void add(Producer producer) {
        producers.put(producer.id(), producer);
    }

    void remove(String producerId) {
        producers.remove(producerId);
    }

    /** An observer watches audio of its own router. */
    void refuseForeign(Producer producer) {
        refuseIfClosed();
        if (!producers.containsKey(producer.id()) || producer.kind() != MediaKind.AUDIO) {
            throw new SfuException(
                    "not-found", "This is no open audio producer of this router: observe one of its own.");
        }
    }

    private void refuseIfClosed() {
        if (closed()) {
            throw new SfuException("closed", "This router is closed: create another one.");
        }
    }
}
