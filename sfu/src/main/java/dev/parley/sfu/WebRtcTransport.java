package dev.parley.sfu;

import dev.parley.sfu.lane.ConsumerSetup;
import dev.parley.sfu.lane.ProducerSetup;
import dev.parley.sfu.lane.StatsReports;
import dev.parley.sfu.lane.TransportCore;
import dev.parley.sfu.ortc.Ortc;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The server's end of a peer connection: one ICE-lite agent, one DTLS association, any number of producers and
 * consumers. Safe for use by any number of threads.
 */
public final class WebRtcTransport implements AutoCloseable {
    private final Sfu sfu;
    private final Router router;
    private final TransportCore core;
    private final Events<TransportEvent> events = Sfu.newEvents();
    private final AtomicInteger nextMid = new AtomicInteger();
    private final Set<Long> ssrcs = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> cname = new AtomicReference<>("");

    WebRtcTransport(
            Sfu sfu, Router router, Function<java.util.function.Consumer<TransportEvent>, TransportCore> makeCore) {
        this.sfu = sfu;
        this.router = router;
        core = makeCore.apply(this::onEvent);
    }

    private void onEvent(TransportEvent event) {
        switch (event) {
            case TransportEvent.Closed last -> events.emitLast(last);
            case TransportEvent.IceStateChanged e -> events.emit(e);
            case TransportEvent.DtlsStateChanged e -> events.emit(e);
            case TransportEvent.IceSelectedTupleChanged e -> events.emit(e);
        }
    }

    /** A random id (UUID). */
    public String id() {
        return core.id();
    }

    /** The ICE credentials for the client; after a restart the new ones. */
    public IceParameters iceParameters() {
        return core.iceParameters();
    }

    /** Where the client sends its checks to, preferred first. */
    public List<IceCandidate> iceCandidates() {
        return core.iceCandidates();
    }

    /** The server's fingerprints; the role is {@code auto} until {@link #connect}. */
    public DtlsParameters dtlsParameters() {
        return core.dtlsParameters();
    }

    /**
     * Tells the client's DTLS role and fingerprints. With the remote role {@code client} or {@code auto} the SFU is
     * the DTLS server, with {@code server} the client. Only once: a second call throws {@link SfuException}
     * {@code wrong-state}; fingerprints that are missing or malformed {@code invalid-parameters}.
     */
    public void connect(DtlsParameters remote) {
        sfu.threads().run(core, (lane, now) -> {
            refuseIfClosed();
            core.connect(now, remote);
        });
    }

    /** New ICE credentials; media flows on over the old path until the client checks with them. */
    public IceParameters restartIce() {
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return core.restartIce();
        });
    }

    /**
     * Announces a stream that the client sends. Throws {@link SfuException} {@code invalid-parameters},
     * {@code unsupported-codec}, {@code duplicate-stream} (SSRC or MID in use on this transport) or
     * {@code limit-reached}.
     */
    public Producer produce(ProducerOptions options) {
        refuseIfClosed();
        Ortc.validate(options.kind(), options.rtpParameters());
        if (options.rtpParameters().encodings().size() > 1) {
            throw new SfuException(
                    "invalid-parameters",
                    "Simulcast (more than one encoding in a stream) is not supported yet: produce with a single"
                            + " encoding.");
        }
        var named = options.rtpParameters().withCname(cname(options.rtpParameters()));
        var capabilities = router.rtpCapabilities();
        var setup = new ProducerSetup(
                UUID.randomUUID().toString(),
                options.kind(),
                named,
                Ortc.mapping(named, capabilities),
                options.paused());
        var consumable = Ortc.consumable(options.kind(), named, capabilities);
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return new Producer(sfu, router, setup, consumable, sink -> core.produce(now, setup, sink));
        });
    }

    /**
     * All streams of a transport are played in sync: they share the name that the first one brought, or a random one.
     */
    private String cname(RtpParameters parameters) {
        return cname.updateAndGet(name -> name.isEmpty()
                ? parameters.rtcp().cname().filter(own -> !own.isEmpty()).orElseGet(() -> UUID.randomUUID().toString())
                : name);
    }

    /**
     * Forwards a producer of the same router to this client; starts paused. Throws {@link SfuException}
     * {@code not-found}, {@code cannot-consume} or {@code limit-reached}.
     */
    public Consumer consume(ConsumerOptions options) {
        refuseIfClosed();
        Ortc.validate(options.rtpCapabilities());
        var producer = router.producer(options.producerId())
                .orElseThrow(() -> new SfuException(
                        "not-found", "There is no such producer in this router: it may have closed in the meantime."));
        if (!Ortc.canConsume(producer.consumable(), options.rtpCapabilities())) {
            throw new SfuException(
                    "cannot-consume",
                    "The client's capabilities hold no codec of this producer: ask canConsume first, and leave it"
                            + " out.");
        }
        var parameters = Ortc.consumerParameters(producer.consumable(), options.rtpCapabilities(), this::newSsrc)
                .withMid(Integer.toString(nextMid.getAndIncrement()));
        var setup = new ConsumerSetup(UUID.randomUUID().toString(), producer.kind(), parameters);
        return sfu.threads().call(core, (lane, now) -> {
            refuseIfClosed();
            return new Consumer(
                    sfu, this, setup, producer, sink -> core.consume(now, setup, producer.core(), sink));
        });
    }

    private long newSsrc() {
        long ssrc;
        do {
            ssrc = sfu.random().nextInt() & 0xffff_ffffL;
        } while (ssrc == 0 || !ssrcs.add(ssrc));
        return ssrc;
    }

    void freeSsrcs(RtpParameters parameters) {
        for (var encoding : parameters.encodings()) {
            encoding.ssrc().ifPresent(ssrcs::remove);
            encoding.rtx().ifPresent(rtx -> ssrcs.remove(rtx.ssrc()));
        }
    }

    /** Counters and states; read without stopping the SFU. */
    public TransportStats stats() {
        refuseIfClosed();
        var counts = core.counts();
        return new TransportStats(
                id(),
                System.currentTimeMillis(),
                core.iceState(),
                core.dtlsState(),
                core.srtpCipher(),
                core.selectedTuple(),
                counts.packetsReceived(),
                counts.bytesReceived(),
                counts.packetsSent(),
                counts.bytesSent(),
                StatsReports.drops(core.drops()));
    }

    /** Adds a listener; one added late still gets the {@code Closed} event. */
    public void onEvent(EventListener<TransportEvent> listener) {
        events.add(listener);
    }

    /** Whether it is closed, by whom ever. */
    public boolean closed() {
        return core.isClosed();
    }

    /** Closes it with its producers and consumers. Closing twice is harmless. */
    @Override
    public void close() {
        if (!closed() && !sfu.closed()) {
            sfu.threads().runAndTell(core, (lane, now) -> core.close(now, CloseReason.CLOSE_CALLED));
        }
    }

    private void refuseIfClosed() {
        if (closed()) {
            throw new SfuException("closed", "This transport is closed: create another one.");
        }
    }
}
