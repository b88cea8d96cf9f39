package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.engine.srtp.SrtpSender;
import dev.parley.sfu.engine.stream.RemoteClock;
import dev.parley.sfu.engine.stream.TransportCounter;
import dev.parley.sfu.engine.stream.TwccReceiver;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A transport's media: its producers and consumers, and once there are keys the ways in and out. */
final class MediaSide {
    private final TransportCore transport;
    private final List<ProducerCore> producers = new ArrayList<>();
    private final List<ConsumerCore> consumers = new ArrayList<>();
    private final SsrcMap<ConsumerCore> consumersBySsrc;
    private final RtpListener listener;
    private final RemoteClock remoteClock = new RemoteClock();
    private final TransportCounter counter = new TransportCounter();
    private final TwccReceiver twcc;
    /** Under which SSRC feedback is sent; it belongs to no stream. */
    private final long localSsrc;
    private volatile Optional<String> cipher = Optional.empty();
    private @Nullable Ways ways;

    /** What exists once there are keys. */
    private record Ways(RtpInput rtpIn, RtcpInput rtcpIn, RtpOutput out, RtcpReports reports) {}

    MediaSide(TransportCore transport) {
        this.transport = transport;
        var lane = transport.lane();
        localSsrc = 1 + lane.random().nextInt(Integer.MAX_VALUE);
        twcc = new TwccReceiver(localSsrc);
        listener = new RtpListener(lane.random().nextInt());
        consumersBySsrc = new SsrcMap<>(lane.random().nextInt());
    }

    /** The SRTP profile; from any thread. */
    Optional<String> cipher() {
        return cipher;
    }

    TransportCounter counter() {
        return counter;
    }

    long localSsrc() {
        return localSsrc;
    }

    RemoteClock remoteClock() {
        return remoteClock;
    }

    /** The transport leaves its lane: its consumers read nothing there any more. No packet flows yet. */
    void leave() {
        var counts = transport.lane().counts();
        counts.producers -= producers.size();
        consumers.forEach(ConsumerCore::leave);
    }

    /** The transport is on another lane now. */
    void arrive(long now) {
        var counts = transport.lane().counts();
        counts.producers += producers.size();
        producers.forEach(ProducerCore::arrive);
        List.copyOf(consumers).forEach(consumer -> consumer.arrive(now));
    }

    void secured(long now, SrtpKeys keys) {
        var lane = transport.lane();
        var receiver = lane.settings().srtp().receiver(keys);
        var out = new RtpOutput(lane.out(), transport, sender(keys, receiver));
        ways = new Ways(
                new RtpInput(lane, transport, listener, twcc, receiver),
                new RtcpInput(lane, transport, listener, consumersBySsrc, receiver),
                out,
                new RtcpReports(lane, out, twcc, localSsrc, now));
        cipher = Optional.of(keys.profile().name());
        pathChanged(now);
    }

    /** Frees the receiver, which nobody has yet, when there can be no sender. */
    private SrtpSender sender(SrtpKeys keys, SrtpReceiver receiver) {
        try {
            return transport.lane().settings().srtp().sender(keys);
        } catch (RuntimeException | Error refused) {
            receiver.close();
            throw refused;
        }
    }

    /** Sending has become possible or impossible. */
    void pathChanged(long now) {
        for (var consumer : consumers) {
            consumer.update(now);
        }
    }

    /** The way out; null while nothing can be sent. */
    @Nullable RtpOutput output() {
        return ways == null || transport.path() == null ? null : ways.out();
    }

    void receiveRtp(long now, MemorySegment memory, long offset, int length) {
        if (ways == null) {
            transport.drops().count(Drop.NOT_CONNECTED);
        } else {
            ways.rtpIn().receive(now, memory, offset, length);
        }
    }

    void receiveRtcp(long now, MemorySegment memory, long offset, int length) {
        if (ways == null) {
            transport.drops().count(Drop.NOT_CONNECTED);
        } else {
            ways.rtcpIn().receive(now, memory, offset, length);
        }
    }

    ProducerCore produce(long now, ProducerSetup setup, Consumer<ProducerEvent> events) {
        var lane = transport.lane();
        lane.refuseOverLimit(producers.size(), lane.settings().limits().producersPerTransport(), "producers");
        var producer = new ProducerCore(transport, setup, events);
        listener.add(producer);
        producers.add(producer);
        producer.start(now);
        return producer;
    }

    ConsumerCore consume(long now, ConsumerSetup setup, ProducerCore producer, Consumer<ConsumerEvent> events) {
        var lane = transport.lane();
        lane.refuseOverLimit(consumers.size(), lane.settings().limits().consumersPerTransport(), "consumers");
        if (producer.isClosed()) {
            throw new SfuException("not-found", "This producer is closed: there is nothing to consume any more.");
        }
        var consumer = new ConsumerCore(transport, setup, producer, events);
        consumers.add(consumer);
        consumersBySsrc.put(consumer.ssrc(), consumer);
        consumer.start(now);
        return consumer;
    }

    void forget(ProducerCore producer) {
        listener.remove(producer);
        producers.remove(producer);
    }

    void forget(ConsumerCore consumer) {
        consumersBySsrc.remove(consumer.ssrc());
        consumers.remove(consumer);
    }

    /** When {@link #timeout} must be called. */
    long nextRequest() {
        return ways == null || transport.path() == null
                ? Timers.NEVER
                : ways.reports().nextRequest(producers);
    }

    /** When {@link #timeout} should be called, or a little later. */
    long nextReport() {
        return ways == null || transport.path() == null
                ? Timers.NEVER
                : ways.reports().nextReport(producers, consumers);
    }

    void timeout(long now) {
        if (ways != null && transport.path() != null) {
            ways.reports().timeout(now, producers, consumers);
        }
    }

    void close(long now) {
        List.copyOf(producers).forEach(producer -> producer.close(now, CloseReason.TRANSPORT_CLOSED));
        List.copyOf(consumers).forEach(consumer -> consumer.close(now, CloseReason.TRANSPORT_CLOSED));
        if (ways != null) {
            ways.rtpIn().close();
            ways.out().close();
            ways = null;
        }
    }
}
