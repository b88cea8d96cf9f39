package dev.parley.server.room;

import dev.parley.sfu.Consumer;
import dev.parley.sfu.SfuException;
import dev.parley.sfu.StreamCounts;
import dev.parley.sfu.TransportStats;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who and what is in a room at one moment, for the operator.
 *
 * @param id of the room
 * @param participants in the order in which they joined
 */
public record RoomCensus(String id, List<Person> participants) {
    /**
     * A participant.
     *
     * @param id of the participant
     * @param name as given; anything at all
     * @param connected false while the grace period runs
     * @param packetsReceived datagrams from the participant, over the transports that are open
     * @param bytesReceived their UDP payload
     * @param packetsSent datagrams to the participant
     * @param bytesSent their UDP payload
     * @param consumers streams forwarded to the participant
     * @param streams what the participant sends
     */
    public record Person(
            String id,
            String name,
            boolean connected,
            long packetsReceived,
            long bytesReceived,
            long packetsSent,
            long bytesSent,
            int consumers,
            List<Stream> streams) {}

    /**
     * A stream that a participant sends.
     *
     * @param id of the producer
     * @param source such as {@code camera}
     * @param paused whether it is muted
     * @param consumers how many it is forwarded to
     * @param counts what came
     */
    public record Stream(String id, String source, boolean paused, int consumers, StreamCounts counts) {}

    /** The caller holds the room's lock. */
    static RoomCensus of(String id, Collection<Participant> participants) {
        var forwarded = new HashMap<String, Integer>();
        for (var participant : participants) {
            for (Consumer consumer : participant.consumers.values()) {
                forwarded.merge(consumer.producerId(), 1, Integer::sum);
            }
        }
        return new RoomCensus(id, participants.stream().map(one -> person(one, forwarded)).toList());
    }

    private static Person person(Participant one, Map<String, Integer> forwarded) {
        var transports = one.transports.values().stream().flatMap(own -> stats(own).stream()).toList();
        return new Person(
                one.id(),
                one.name(),
                one.outbox.isPresent(),
                transports.stream().mapToLong(TransportStats::packetsReceived).sum(),
                transports.stream().mapToLong(TransportStats::bytesReceived).sum(),
                transports.stream().mapToLong(TransportStats::packetsSent).sum(),
                transports.stream().mapToLong(TransportStats::bytesSent).sum(),
                one.consumers.size(),
                one.producers.values().stream().map(own -> stream(own, forwarded)).toList());
    }

    private static Stream stream(OwnProducer own, Map<String, Integer> forwarded) {
        return new Stream(
                own.producer.id(),
                own.source.toString(),
                own.paused,
                forwarded.getOrDefault(own.producer.id(), 0),
                own.producer.counts());
    }

    private static Optional<TransportStats> stats(OwnTransport own) {
        try {
            return Optional.of(own.transport().stats());
        } catch (SfuException closedMeanwhile) {
            return Optional.empty();
        }
    }
}
