package dev.parley.sfu;

/**
 * Receives the events of one object, in order and one at a time, on a virtual thread that is not the lane's: it may
 * block and may call back into the SFU. What it throws is logged and stops nothing.
 *
 * @param <E> the events
 */
@FunctionalInterface
public interface EventListener<E> {
    /** Called for each event. */
    void onEvent(E event);
}
