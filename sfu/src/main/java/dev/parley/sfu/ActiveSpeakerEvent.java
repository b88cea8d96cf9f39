package dev.parley.sfu;

/** What an {@link ActiveSpeakerObserver} decided. */
public sealed interface ActiveSpeakerEvent {
    /** Another producer is the dominant speaker now. */
    record DominantSpeaker(Producer producer) implements ActiveSpeakerEvent {}
}
