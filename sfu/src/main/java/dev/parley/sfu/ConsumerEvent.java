package dev.parley.sfu;

/** What happens to a {@link Consumer}. */
public sealed interface ConsumerEvent {
    /** The producer was paused: nothing comes until it is resumed. */
    record ProducerPaused() implements ConsumerEvent {}

    /** The producer was resumed. */
    record ProducerResumed() implements ConsumerEvent {}

    /** The last event: the consumer is closed. */
    record Closed(CloseReason reason) implements ConsumerEvent {}
}
