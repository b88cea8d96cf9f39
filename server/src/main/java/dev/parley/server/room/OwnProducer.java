package dev.parley.server.room;

import dev.parley.sfu.Producer;

/** A participant's stream. Guarded by the room's lock. */
final class OwnProducer {
    final Producer producer;
    final Source source;
    boolean paused;

    OwnProducer(Producer producer, Source source, boolean paused) {
        this.producer = producer;
        this.source = source;
        this.paused = paused;
    }

    ProducerView view() {
        return new ProducerView(producer.id(), producer.kind(), source, paused);
    }
}
