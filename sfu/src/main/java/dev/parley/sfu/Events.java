package dev.parley.sfu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one object. Events are delivered in order and one at a time, on the executor and never on the
 * thread that emits them. A listener that comes after the last event still gets that one.
 *
 * @param <E> the events
 */
final class Events<E> {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Executor executor;
    private final ArrayDeque<Delivery<E>> waiting = new ArrayDeque<>();
    private List<EventListener<E>> listeners = List.of();
    private Optional<E> last = Optional.empty();
    private boolean delivering;

    private record Delivery<E>(E event, List<EventListener<E>> listeners) {}

    Events(Executor executor) {
        this.executor = executor;
    }

    synchronized void add(EventListener<E> listener) {
        var one = List.of(listener);
        if (last.isPresent()) {
            deliver(new Delivery<>(last.get(), one));
        } else {
            var more = new ArrayList<>(listeners);
            more.add(listener);
            listeners = List.copyOf(more);
        }
    }

    synchronized void emit(E event) {
        if (!listeners.isEmpty()) {
            deliver(new Delivery<>(event, listeners));
        }
    }

    /** Emits the last event; the listeners are forgotten. */
    synchronized void emitLast(E event) {
        emit(event);
        last = Optional.of(event);
        listeners = List.of();
    }

    private void deliver(Delivery<E> delivery) {
        waiting.add(delivery);
        if (!delivering) {
            delivering = true;
            executor.execute(this::run);
        }
    }

    private void run() {
        for (var next = next(); next.isPresent(); next = next()) {
            for (var listener : next.get().listeners()) {
                try {
                    listener.onEvent(next.get().event());
                } catch (RuntimeException | Error e) {
                    LOG.error("A listener failed with {}", next.get().event(), e);
                }
            }
        }
    }

    private synchronized Optional<Delivery<E>> next() {
        var delivery = Optional.ofNullable(waiting.poll());
        delivering = delivery.isPresent();
        return delivery;
    }
}
