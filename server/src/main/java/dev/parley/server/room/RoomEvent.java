package dev.parley.server.room;

import java.util.List;
import java.util.Optional;

/** What happens in a room, as its participants are told. docs/signalling.md has the JSON of each. */
public sealed interface RoomEvent {
    /** Somebody came in. */
    record ParticipantJoined(ParticipantView participant) implements RoomEvent {}

    /** Somebody is gone, with all streams. */
    record ParticipantLeft(String participantId, LeaveReason reason) implements RoomEvent {}

    /** Somebody sends a new stream. */
    record NewProducer(String participantId, ProducerView producer) implements RoomEvent {}

    /** A stream was muted by its sender. */
    record ProducerPaused(String participantId, String producerId) implements RoomEvent {}

    /** A stream goes on. */
    record ProducerResumed(String participantId, String producerId) implements RoomEvent {}

    /** A stream ended while its sender stays. */
    record ProducerClosed(String participantId, String producerId) implements RoomEvent {}

    /** The receiver's own transport ended without being asked to; told to its owner only. */
    record TransportClosed(String transportId, String reason) implements RoomEvent {}

    /** Somebody wrote. The writer is told too, in the same order as everybody. */
    record ChatPosted(ChatMessage message) implements RoomEvent {}

    /** Somebody else is the one who speaks; empty when that one stopped sending. */
    record ActiveSpeaker(Optional<String> participantId) implements RoomEvent {}

    /** How loud those are who can be heard, loudest first; empty once when everybody has become silent. */
    record AudioLevels(List<Level> levels) implements RoomEvent {}

    /**
     * One participant's loudness.
     *
     * @param participantId who
     * @param level dBov, −127 (silence) to 0
     */
    record Level(String participantId, int level) {}

    /** The room is over for everybody. */
    record RoomClosed(String reason) implements RoomEvent {}

    /** The server goes down, and will know everybody when it is back. */
    record ServerClosing() implements RoomEvent {}

    /** To somebody in the lobby: in. */
    record Admitted(Snapshot snapshot) implements RoomEvent {}

    /** To somebody in the lobby: not let in. */
    record Denied(String code, String message) implements RoomEvent {}

    /** To hosts: who waits in the lobby now. */
    record WaitingChanged(List<WaitingView> waiting) implements RoomEvent {}

    /** Somebody became a host or a guest; that one is told too. */
    record RoleChanged(String participantId, Role role, String by) implements RoomEvent {}

    /** A host switched the lobby or the lock. */
    record RoomChanged(RoomSettings room, String by) implements RoomEvent {}

    /** Somebody's signalling connection is lost while the seat is kept, or is back. */
    record ConnectionChanged(String participantId, boolean connected) implements RoomEvent {}

    /** The raised hands, the first to be raised first. */
    record HandsChanged(List<String> hands) implements RoomEvent {}

    /** Somebody showed an emoji. */
    record Reaction(String participantId, String emoji) implements RoomEvent {}

    /** A host muted the receiver's own stream. */
    record OwnProducerPaused(String producerId, Source source, String by) implements RoomEvent {}

    /** A host ended the receiver's own stream. */
    record OwnProducerClosed(String producerId, Source source, String by) implements RoomEvent {}

    /** A host asks for sound or a picture. */
    record AskedToUnmute(Source source, String by) implements RoomEvent {}

    /** A host took the receiver out of the room. */
    record Removed(String by) implements RoomEvent {}

    /** Another page took the receiver's seat. */
    record Replaced() implements RoomEvent {}
}
