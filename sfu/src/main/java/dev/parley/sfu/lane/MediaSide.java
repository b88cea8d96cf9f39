package dev.parley.sfu.lane;

import dev.parley.sfu.CloseReason;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.engine.Drop;
import dev.parley.sfu.engine.srtp.Srtp;
import dev.parley.sfu.engine.srtp.SrtpKeys;
import dev.parley.sfu.engine.srtp.SrtpReceiver;
import dev.parley.sfu.engine.srtp.SrtpSender;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A transport's media: its producers and consumers, and SRTP once there are keys. */
final class MediaSide {
    private final LaneCore lane;
    private final TransportCore transport;
    private final Set<ProducerCore> producers = new LinkedHashSet<>();
    private final Set<ConsumerCore> consumers = new LinkedHashSet<>();
    private volatile Optional<String> cipher = Optional.empty();
    private @Nullable SrtpReceiver receiver;
    private @Nullable SrtpSender sender;

    MediaSide(LaneCore lane, TransportCore transport) {
        this.lane = lane;
        this.transport = transport;
    }

    Optional<String> cipher() {
        return cipher;
    }

    void secured(long now, SrtpKeys keys) {
        receiver = Srtp.receiver(keys);
        sender = Srtp.sender(keys);
        cipher = Optional.of(keys.profile().name());
    }

    void receiveRtp(long now, MemorySegment memory, long offset, int length) {
        if (receiver == null) {
            transport.drops().count(Drop.NOT_CONNECTED);
        }
    }

    void receiveRtcp(long now, MemorySegment memory, long offset, int length) {
        if (receiver == null) {
            transport.drops().count(Drop.NOT_CONNECTED);
        }
    }

    ProducerCore produce(long now, ProducerSetup setup, Consumer<ProducerEvent> events) {
        lane.refuseOverLimit(producers.size(), lane.settings().limits().producersPerTransport(), "producers");
        var producer = new ProducerCore(lane, transport, setup, events);
        producers.add(producer);
        return producer;
    }

    ConsumerCore consume(ConsumerSetup setup, ProducerCore producer, Consumer<ConsumerEvent> events) {
        lane.refuseOverLimit(consumers.size(), lane.settings().limits().consumersPerTransport(), "consumers");
        if (producer.isClosed()) {
            throw new SfuException("not-found", "This producer is closed: there is nothing to consume any more.");
        }
        var consumer = new ConsumerCore(lane, transport, setup, producer, events);
        consumers.add(consumer);
        return consumer;
    }

    void forget(ProducerCore producer) {
        producers.remove(producer);
    }

    void forget(ConsumerCore consumer) {
        consumers.remove(consumer);
    }

    long nextTimeout() {
        return Timers.NEVER;
    }

    void timeout(long now) {}

    void close(long now) {
        List.copyOf(producers).forEach(producer -> producer.close(now, CloseReason.TRANSPORT_CLOSED));
        List.copyOf(consumers).forEach(consumer -> consumer.close(now, CloseReason.TRANSPORT_CLOSED));
    }
}
