package dev.parley.sfu;

/** What happens to a {@link Producer}. */
public sealed interface ProducerEvent {
    /** The last event: the producer and its consumers are closed. */
    record Closed(CloseReason reason) implements ProducerEvent {}
}
