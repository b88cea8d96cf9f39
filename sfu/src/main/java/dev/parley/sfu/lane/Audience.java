package dev.parley.sfu.lane;

import java.util.ArrayList;
import java.util.List;

/**
 * The consumers that one producer has on one lane; theirs, which need not be the producer's. Packets do not travel between
 * lanes: the consumers read the producer's ring where it is. The producer's lane rings the {@link #bell} when there is
 * something new, in the ring or in the producer's state.
 */
final class Audience {
    /**
     * So many datagrams are worth a system call of their own: what is large and for many leaves while the rest is still being
     * encrypted, and while it still lies in the processor's cache.
     */
    private static final int SEND_AT = 32;

    private final ProducerCore producer;
    private final List<ConsumerCore> consumers = new ArrayList<>();
    private final Bell bell = new Bell(this::forward);
    /** The state of the producer that its consumers know. */
    private int seen;

    Audience(ProducerCore producer) {
        this.producer = producer;
        seen = producer.changes();
    }

    Bell bell() {
        return bell;
    }

    void add(ConsumerCore consumer) {
        consumers.add(consumer);
    }

    void remove(ConsumerCore consumer) {
        consumers.remove(consumer);
    }

    boolean isEmpty() {
        return consumers.isEmpty();
    }

    /** Tells the consumers what became of their producer, if they do not know. */
    void look(long now) {
        var current = producer.changes();
        if (seen != current) {
            seen = current;
            List.copyOf(consumers).forEach(consumer -> consumer.look(now));
        }
    }

    /** Sends what is new in the ring, on the lane that these consumers live on. */
    void forward(LaneCore lane, long now) {
        look(now);
        var out = lane.out();
        if (producer.isPaused()) {
            return;
        }
        // From the last one: one that fails is closed, and with it others behind it may go.
        for (var i = consumers.size() - 1; i >= 0; i = Math.min(i, consumers.size()) - 1) {
            consumers.get(i).forwardOrFail(now);
            out.sendFrom(SEND_AT);
        }
    }
}
