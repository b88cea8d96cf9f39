package dev.parley.server.room;

import dev.parley.server.config.Limits;
import dev.parley.sfu.CloseReason;
import dev.parley.sfu.Consumer;
import dev.parley.sfu.ConsumerEvent;
import dev.parley.sfu.Producer;
import dev.parley.sfu.ProducerEvent;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.TransportEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who in a room owns which transport, producer and consumer, and who is told of it. Shares the room's lock. Every
 * look-up is among the asking participant's own objects: another's id is as unknown as any.
 */
public final class RoomMedia {
    private static final Logger LOG = LoggerFactory.getLogger(RoomMedia.class);

    private final Room room;
    private final ReentrantLock lock;
    private final Seats seats;
    private final Limits limits;
    private final RoomVoices voices;

    RoomMedia(Room room, ReentrantLock lock, Seats seats, Limits limits, RoomVoices voices) {
        this.room = room;
        this.lock = lock;
        this.seats = seats;
        this.limits = limits;
        this.voices = voices;
    }

    /** Refuses early what {@link #add(Participant, OwnTransport)} would refuse, before a transport is made. */
    public void checkRoomForTransport(Participant owner) {
        lock.lock();
        try {
            room.checkPresent(owner);
            if (owner.transports.size() >= Limits.TRANSPORTS) {
                throw RoomException.limit("You have " + Limits.TRANSPORTS + " transports already: use one of them.");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a new transport into the participant's possession; closes it when that may not be. */
    public void add(Participant owner, OwnTransport own) {
        var transport = own.transport();
        lock.lock();
        try {
            checkRoomForTransport(owner);
            owner.transports.put(transport.id(), own);
        } catch (RoomException e) {
            Thread.startVirtualThread(transport::close);
            throw e;
        } finally {
            lock.unlock();
        }
        transport.onEvent(event -> {
            switch (event) {
                case TransportEvent.DtlsStateChanged(var state) ->
                    LOG.info("Room {}: transport {} of {}: DTLS {}", room.id(), transport.id(), owner.id(), state);
                case TransportEvent.IceSelectedTupleChanged(var tuple) ->
                    LOG.info("Room {}: transport {} of {}: media goes to {}", room.id(), transport.id(), owner.id(),
                            tuple);
                case TransportEvent.IceStateChanged(var state) ->
                    LOG.debug("Room {}: transport {} of {}: ICE {}", room.id(), transport.id(), owner.id(), state);
                case TransportEvent.Closed(var reason) -> transportClosed(owner, transport.id(), reason);
            }
        });
    }

    /** The participant's own transport. */
    public OwnTransport transport(Participant owner, String id) {
        return own(owner, owner.transports, id, "transport");
    }

    /** The participant's own producer. */
    public Producer producer(Participant owner, String id) {
        return own(owner, owner.producers, id, "producer").producer;
    }

    /** The participant's own consumer. */
    public Consumer consumer(Participant owner, String id) {
        return own(owner, owner.consumers, id, "consumer");
    }

    /** The producer, anybody's, whose stream the consumer forwards; empty when it ended meanwhile. */
    public Optional<Producer> producerOf(Consumer consumer) {
        lock.lock();
        try {
            return seats.taken().stream()
                    .flatMap(participant -> Optional.ofNullable(participant.producers.get(consumer.producerId())).stream())
                    .map(own -> own.producer)
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses early what {@link #add(Participant, Producer, Source, boolean, Runnable)} would refuse. */
    public void checkRoomForProducer(Participant owner) {
        lock.lock();
        try {
            room.checkPresent(owner);
            if (owner.producers.size() >= limits.producers()) {
                throw RoomException.limit(
                        "You send " + limits.producers() + " streams already, which is the most: stop one first.");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a new producer into possession, answers its owner, and tells the others; closes it when that may not be.
     */
    public void add(Participant owner, Producer producer, Source source, boolean paused, Runnable answer) {
        lock.lock();
        try {
            checkRoomForProducer(owner);
            var own = new OwnProducer(producer, source, paused);
            owner.producers.put(producer.id(), own);
            answer.run();
            room.tellOthers(owner, new RoomEvent.NewProducer(owner.id(), own.view()));
        } catch (RoomException e) {
            Thread.startVirtualThread(producer::close);
            throw e;
        } finally {
            lock.unlock();
        }
        if (source == Source.MICROPHONE) {
            voices.listen(producer);
        }
        producer.onEvent(event -> {
            switch (event) {
                case ProducerEvent.Closed closed -> forget(owner, producer.id());
            }
        });
    }

    /** Mutes the participant's own producer or lets it go on, and tells the others when that is news. */
    public void pause(Participant owner, String producerId, boolean paused) {
        var own = own(owner, owner.producers, producerId, "producer");
        own.pausing.lock();
        try {
            if (paused) {
                own.producer.pause();
            } else {
                own.producer.resume();
            }
            noted(owner, own, paused, false);
        } finally {
            own.pausing.unlock();
        }
    }

    /** Mutes what somebody sends of the source, and tells that one and the others. */
    void pauseByHost(Participant host, Participant owner, Source source) {
        for (var own : ofSource(owner, List.of(source))) {
            own.pausing.lock();
            try {
                own.producer.pause();
                if (noted(owner, own, true, true)) {
                    room.locked(() -> {
                        owner.send(new RoomEvent.OwnProducerPaused(own.producer.id(), source, host.id()));
                        return own;
                    });
                }
            } catch (SfuException e) {
                LOG.debug("Room {}: {} closed before it was muted", room.id(), own.producer.id());
            } finally {
                own.pausing.unlock();
            }
        }
    }

    /** Ends what somebody sends of these sources, and tells that one and the others. */
    void closeByHost(Participant host, Participant owner, List<Source> sources) {
        for (var own : ofSource(owner, sources)) {
            room.locked(() -> {
                if (owner.producers.containsKey(own.producer.id())) {
                    forget(owner, own.producer.id());
                    owner.send(new RoomEvent.OwnProducerClosed(own.producer.id(), own.source, host.id()));
                }
                return own;
            });
            own.producer.close();
        }
    }

    private List<OwnProducer> ofSource(Participant owner, List<Source> sources) {
        return room.locked(() -> owner.producers.values().stream()
                .filter(own -> sources.contains(own.source))
                .toList());
    }

    /** Notes the pause; whether it was news. */
    private boolean noted(Participant owner, OwnProducer own, boolean paused, boolean byHost) {
        return room.locked(() -> {
            var id = own.producer.id();
            if (own.paused == paused || owner.producers.get(id) != own) {
                return false;
            }
            own.paused = paused;
            own.pausedByHost = byHost;
            room.tellOthers(
                    owner,
                    paused
                            ? new RoomEvent.ProducerPaused(owner.id(), id)
                            : new RoomEvent.ProducerResumed(owner.id(), id));
            return true;
        });
    }

    /** Ids of the participant's producers that a host paused and that were not resumed since. */
    List<String> pausedByHost(Participant owner) {
        return owner.producers.values().stream()
                .filter(own -> own.pausedByHost)
                .map(own -> own.producer.id())
                .toList();
    }

    /** The producer is over: tells the others, once. */
    public void forget(Participant owner, String producerId) {
        lock.lock();
        try {
            var own = owner.producers.remove(producerId);
            if (own == null || owner.isGone()) {
                return;
            }
            room.tellOthers(owner, new RoomEvent.ProducerClosed(owner.id(), producerId));
            voices.ended(own);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody else in the room sends this producer. */
    public boolean isOthers(Participant self, String producerId) {
        lock.lock();
        try {
            return seats.senderOf(producerId).filter(owner -> owner != self).isPresent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a new consumer into possession and answers its owner with whether the producer is muted, as of the events
     * that the owner has been sent so far; closes the consumer when it may not be had.
     */
    public void add(Participant owner, Consumer consumer, java.util.function.Consumer<Boolean> answer) {
        lock.lock();
        try {
            room.checkPresent(owner);
            if (owner.consumers.size() >= Limits.CONSUMERS) {
                throw RoomException.limit("You receive " + Limits.CONSUMERS + " streams already, which is the most.");
            }
            var sender = seats.senderOf(consumer.producerId()).orElseThrow(() -> RoomException.notFound("producer"));
            var sent = sender.producers.get(consumer.producerId());
            owner.consumers.put(consumer.id(), consumer);
            answer.accept(sent != null && sent.paused);
        } catch (RoomException e) {
            Thread.startVirtualThread(consumer::close);
            throw e;
        } finally {
            lock.unlock();
        }
        consumer.onEvent(event -> {
            switch (event) {
                case ConsumerEvent.Closed closed -> forgetConsumer(owner, consumer.id());
                case ConsumerEvent.ProducerPaused paused -> {}
                case ConsumerEvent.ProducerResumed resumed -> {}
            }
        });
    }

    /** The consumer is over. */
    public void forgetConsumer(Participant owner, String consumerId) {
        lock.lock();
        try {
            owner.consumers.remove(consumerId);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the participant's own transport, and with it its streams. */
    public void closeTransport(Participant owner, String id) {
        var own = own(owner, owner.transports, id, "transport");
        room.locked(() -> owner.transports.remove(id));
        own.transport().close();
    }

    /**
     * Takes everything away from a participant who stays, and tells the others of the streams that end. The transports
     * are to be closed by the caller, without the lock.
     */
    List<OwnTransport> abandon(Participant owner) {
        var transports = List.copyOf(owner.transports.values());
        owner.transports.clear();
        owner.consumers.clear();
        for (var producerId : List.copyOf(owner.producers.keySet())) {
            forget(owner, producerId);
        }
        return transports;
    }

    /** UDP payload bytes that have come from the participant over the transports that are open now. */
    long bytesFrom(Participant owner) {
        long bytes = 0;
        for (var own : room.locked(() -> List.copyOf(owner.transports.values()))) {
            try {
                bytes += own.transport().stats().bytesReceived();
            } catch (SfuException e) {
                LOG.debug("Room {}: {} closed meanwhile", room.id(), own.transport().id());
            }
        }
        return bytes;
    }

    /** Closes the transports, and with them all streams, of a participant who is gone. */
    void closeAllOf(Participant participant) {
        List<OwnTransport> transports;
        lock.lock();
        try {
            if (!participant.isGone()) {
                return;
            }
            transports = List.copyOf(participant.transports.values());
            participant.transports.clear();
            participant.producers.clear();
            participant.consumers.clear();
        } finally {
            lock.unlock();
        }
        for (var own : transports) {
            own.transport().close();
        }
    }

    private void transportClosed(Participant owner, String transportId, CloseReason reason) {
        lock.lock();
        try {
            if (owner.transports.remove(transportId) == null || owner.isGone()) {
                return;
            }
            var text = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            LOG.info("Room {}: transport {} of {} is closed ({})", room.id(), transportId, owner.id(), text);
            owner.send(new RoomEvent.TransportClosed(transportId, text));
        } finally {
            lock.unlock();
        }
    }

    private <T> T own(Participant owner, Map<String, T> objects, String id, String what) {
        lock.lock();
        try {
            room.checkPresent(owner);
            var object = objects.get(id);
            if (object == null) {
                throw RoomException.notFound(what);
            }
            return object;
        } finally {
            lock.unlock();
        }
    }
}
