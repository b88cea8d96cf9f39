package dev.parley.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Who closes whom, and what closed objects answer: docs/lifecycle.md by test. */
@ParameterizedClass(name = "{0} lanes")
@ValueSource(ints = {1, 3})
class LifecycleTest {
    private final int lanes;
    private final Sfu sfu;
    private final Router router;
    private final WebRtcTransport from;
    private final WebRtcTransport to;
    private final Producer producer;
    private final Consumer consumer;
    private final Recorder<TransportEvent> fromEvents = new Recorder<>();
    private final Recorder<TransportEvent> toEvents = new Recorder<>();
    private final Recorder<ProducerEvent> producerEvents = new Recorder<>();
    private final Recorder<ConsumerEvent> consumerEvents = new Recorder<>();

    /** With several lanes, each transport is on another one. */
    LifecycleTest(int lanes) {
        this.lanes = lanes;
        sfu = Sfu.start(SfuConfig.defaults()
                .withLanes(lanes)
                .withMediaPort(0)
                .withListenAddresses(List.of("127.0.0.1")));
        router = sfu.createRouter(RouterOptions.defaults());
        from = router.createWebRtcTransport();
        to = router.createWebRtcTransport();
        producer = from.produce(new ProducerOptions(MediaKind.AUDIO, TestParameters.opus("0", 1_111)));
        consumer = to.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()));
        from.onEvent(fromEvents);
        to.onEvent(toEvents);
        producer.onEvent(producerEvents);
        consumer.onEvent(consumerEvents);
    }

    @AfterEach
    void stop() {
        sfu.close();
    }

    @Test
    void theSfuClosesEverything() throws Exception {
        sfu.close();
        fromEvents.expect(new TransportEvent.Closed(CloseReason.SFU_CLOSED));
        toEvents.expect(new TransportEvent.Closed(CloseReason.SFU_CLOSED));
        producerEvents.expect(new ProducerEvent.Closed(CloseReason.TRANSPORT_CLOSED));
        // On several lanes, whether its producer or its own transport closed first is open.
        var reason = ((ConsumerEvent.Closed) consumerEvents.next()).reason();
        assertTrue(
                reason == CloseReason.PRODUCER_CLOSED || lanes > 1 && reason == CloseReason.TRANSPORT_CLOSED,
                reason.toString());
        assertTrue(router.closed() && from.closed() && to.closed() && producer.closed() && consumer.closed());
        assertEquals("closed", codeOf(() -> sfu.createRouter(RouterOptions.defaults())));
    }

    @Test
    void aRouterClosesItsTransports() throws Exception {
        router.close();
        fromEvents.expect(new TransportEvent.Closed(CloseReason.ROUTER_CLOSED));
        toEvents.expect(new TransportEvent.Closed(CloseReason.ROUTER_CLOSED));
        producerEvents.expect(new ProducerEvent.Closed(CloseReason.TRANSPORT_CLOSED));
        assertEquals("closed", codeOf(router::createWebRtcTransport));
        var stats = sfu.stats();
        assertEquals(0, stats.routers() + stats.transports() + stats.producers() + stats.consumers());
    }

    @Test
    void aTransportClosesItsProducersAndTheirConsumers() throws Exception {
        from.close();
        fromEvents.expect(new TransportEvent.Closed(CloseReason.CLOSE_CALLED));
        producerEvents.expect(new ProducerEvent.Closed(CloseReason.TRANSPORT_CLOSED));
        consumerEvents.expect(new ConsumerEvent.Closed(CloseReason.PRODUCER_CLOSED));
        assertFalse(to.closed());
        assertFalse(router.canConsume(producer.id(), router.rtpCapabilities()));
    }

    @Test
    void aTransportClosesItsConsumersAndNoProducerOfOthers() throws Exception {
        to.close();
        consumerEvents.expect(new ConsumerEvent.Closed(CloseReason.TRANSPORT_CLOSED));
        assertFalse(producer.closed());
    }

    @Test
    void aProducerClosesItsConsumers() throws Exception {
        producer.close();
        producerEvents.expect(new ProducerEvent.Closed(CloseReason.CLOSE_CALLED));
        consumerEvents.expect(new ConsumerEvent.Closed(CloseReason.PRODUCER_CLOSED));
        assertFalse(from.closed());
        assertEquals(
                "not-found",
                codeOf(() -> to.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities()))));
    }

    @Test
    void aConsumerClosesNothingElse() throws Exception {
        consumer.close();
        consumerEvents.expect(new ConsumerEvent.Closed(CloseReason.CLOSE_CALLED));
        assertFalse(producer.closed() || to.closed());
        assertEquals(0, sfu.stats().consumers());
    }

    @Test
    void closingTwiceIsHarmlessAndToldOnce() throws Exception {
        producer.close();
        producer.close();
        consumer.close();
        from.close();
        from.close();
        producerEvents.expect(new ProducerEvent.Closed(CloseReason.CLOSE_CALLED));
        fromEvents.expect(new TransportEvent.Closed(CloseReason.CLOSE_CALLED));
        router.close();
        router.close();
        toEvents.expect(new TransportEvent.Closed(CloseReason.ROUTER_CLOSED));
        assertTrue(producerEvents.isEmpty() && fromEvents.isEmpty());
        sfu.close();
        sfu.close();
    }

    @Test
    void aListenerThatComesLateStillHearsOfTheEnd() throws Exception {
        producer.close();
        var late = new Recorder<ProducerEvent>();
        producer.onEvent(late);
        late.expect(new ProducerEvent.Closed(CloseReason.CLOSE_CALLED));
    }

    @Test
    void closedObjectsRefuseEverythingButTheirNames() {
        router.close();
        var options = new ProducerOptions(MediaKind.AUDIO, TestParameters.opus("1", 2_222));
        List<Executable> calls = List.of(
                () -> from.produce(options),
                () -> from.connect(TestParameters.client()),
                from::restartIce,
                from::stats,
                () -> to.consume(new ConsumerOptions(producer.id(), router.rtpCapabilities())),
                producer::pause,
                producer::resume,
                producer::stats,
                consumer::pause,
                consumer::resume,
                consumer::requestKeyFrame,
                consumer::stats,
                () -> router.canConsume(producer.id(), router.rtpCapabilities()),
                () -> router.createAudioLevelObserver(AudioLevelObserverOptions.defaults()),
                router::createActiveSpeakerObserver);
        for (var call : calls) {
            assertEquals("closed", codeOf(call));
        }
        assertFalse(from.id().isEmpty() || producer.id().isEmpty() || consumer.rtpParameters().codecs().isEmpty());
    }

    @Test
    void aProducersPauseIsToldToItsConsumersOnce() throws Exception {
        producer.pause();
        producer.pause();
        producer.resume();
        consumerEvents.expect(new ConsumerEvent.ProducerPaused());
        consumerEvents.expect(new ConsumerEvent.ProducerResumed());
        assertFalse(consumer.producerPaused());
        assertTrue(consumer.paused(), "consumers start paused, and a producer's pause does not change that");
        consumer.resume();
        assertFalse(consumer.paused());
    }

    @Test
    void namesInUseAreRefusedUntilTheirProducerCloses() {
        assertEquals("duplicate-stream", codeOf(() -> produce("1", 1_111)));
        assertEquals("duplicate-stream", codeOf(() -> produce("0", 3_333)));
        assertEquals(1, sfu.stats().producers());
        producer.close();
        assertEquals(MediaKind.AUDIO, produce("0", 1_111).kind());
    }

    private Producer produce(String mid, long ssrc) {
        return from.produce(new ProducerOptions(MediaKind.AUDIO, TestParameters.opus(mid, ssrc)));
    }

    @Test
    void twoTransportsMayUseTheSameSsrc() {
        var twin = to.produce(new ProducerOptions(MediaKind.AUDIO, TestParameters.opus("0", 1_111)));
        assertFalse(twin.closed());
        assertEquals(2, sfu.stats().producers());
    }

    @Test
    void aTransportIsConnectedOnlyOnce() {
        from.connect(TestParameters.client());
        assertEquals(DtlsRole.SERVER, from.dtlsParameters().role());
        assertEquals("wrong-state", codeOf(() -> from.connect(TestParameters.client())));
    }

    @Test
    void fingerprintsThatProveNothingAreRefused() {
        var empty = new DtlsParameters(DtlsRole.CLIENT, List.of());
        var broken = new DtlsParameters(DtlsRole.CLIENT, List.of(new DtlsFingerprint("sha-256", "nonsense")));
        assertEquals("invalid-parameters", codeOf(() -> from.connect(empty)));
        assertEquals("invalid-parameters", codeOf(() -> from.connect(broken)));
        assertEquals(DtlsState.NEW, from.stats().dtlsState());
    }

    @Test
    void simulcastIsRefusedWithTheReason() {
        var one = TestParameters.vp8("v", 10, 11);
        var two = new RtpParameters(
                one.mid(),
                one.codecs(),
                one.headerExtensions(),
                List.of(RtpEncodingParameters.of(10, 11), RtpEncodingParameters.of(20, 21)),
                one.rtcp());
        var refusal = assertThrows(
                SfuException.class, () -> from.produce(new ProducerOptions(MediaKind.VIDEO, two)));
        assertEquals("invalid-parameters", refusal.code());
        assertTrue(refusal.getMessage().contains("Simulcast"), refusal.getMessage());
    }

    @Test
    void aClientWithoutTheCodecCannotConsume() {
        var deaf = new RtpCapabilities(
                router.rtpCapabilities().codecs().stream()
                        .filter(codec -> codec.kind() == MediaKind.VIDEO)
                        .toList(),
                router.rtpCapabilities().headerExtensions());
        assertFalse(router.canConsume(producer.id(), deaf));
        assertEquals("cannot-consume", codeOf(() -> to.consume(new ConsumerOptions(producer.id(), deaf))));
    }

    @Test
    void eventsMayCallBackIntoTheSfu() throws Exception {
        var nested = new Recorder<ConsumerEvent>();
        consumer.onEvent(event -> {
            if (event instanceof ConsumerEvent.ProducerPaused) {
                producer.resume();
            }
            nested.onEvent(event);
        });
        producer.pause();
        nested.expect(new ConsumerEvent.ProducerPaused());
        nested.expect(new ConsumerEvent.ProducerResumed());
    }

    @Test
    void aListenerThatThrowsStopsNothing() throws Exception {
        var events = new Recorder<ConsumerEvent>();
        consumer.onEvent(event -> {
            throw new IllegalStateException("a listener's own bug, thrown on purpose");
        });
        consumer.onEvent(events);
        producer.pause();
        events.expect(new ConsumerEvent.ProducerPaused());
        producer.resume();
        events.expect(new ConsumerEvent.ProducerResumed());
    }

    private static String codeOf(Executable call) {
        return assertThrows(SfuException.class, call).code();
    }
}
