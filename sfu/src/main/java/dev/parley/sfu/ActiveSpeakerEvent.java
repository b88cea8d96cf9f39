package dev.parley.sfu;

/** What an {@link ActiveSpeakerObserver} decided. */
public sealed interface ActiveSpeakerEvent {
    /** Another producer is the dominant speaker now. */
    record DominantSpeaker(Producer producer) implements ActiveSpeakerEvent {}

    /** The dominant speaker is gone and nobody has taken over. */
    record Nobody() implements ActiveSpeakerEvent {}
}
