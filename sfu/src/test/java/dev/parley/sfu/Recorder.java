package dev.parley.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps the events of one object until a test asks for them. */
final class Recorder<E> implements EventListener<E> {
    private final BlockingQueue<E> events = new LinkedBlockingQueue<>();

    @Override
    public void onEvent(E event) {
        events.add(event);
    }

    E next() throws InterruptedException {
        var event = events.poll(5, TimeUnit.SECONDS);
        assertNotNull(event, "no event within 5 s");
        return event;
    }

    void expect(E expected) throws InterruptedException {
        assertEquals(expected, next());
    }

    boolean isEmpty() {
        return events.isEmpty();
    }
}
