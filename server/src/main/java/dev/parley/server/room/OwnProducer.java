package dev.parley.server.room;

import dev.parley.sfu.Producer;
import java.util.concurrent.locks.ReentrantLock;

/** A participant's stream. Guarded by the room's lock. */
final class OwnProducer {
    final Producer producer;
    final Source source;
    /**
     * Held over a change of the pause in the media server and here, so that both end alike when the sender and a host
     * change it at once. Taken before the room's lock, never after it.
     */
    final ReentrantLock pausing = new ReentrantLock();

    boolean paused;
    /** A host paused it, and its sender has not resumed it since. */
    boolean pausedByHost;

    OwnProducer(Producer producer, Source source, boolean paused) {
        this.producer = producer;
        this.source = source;
        this.paused = paused;
    }

    ProducerView view() {
        return new ProducerView(producer.id(), producer.kind(), source, paused);
    }
}
