package dev.parley.server.signalling;

import dev.parley.server.room.RoomEvent;
import tools.jackson.databind.node.ObjectNode;

/** The name and the JSON of what clients are told. */
final class EventJson {
    private EventJson() {}

    static String name(RoomEvent event) {
        return switch (event) {
            case RoomEvent.ParticipantJoined e -> "participantJoined";
            case RoomEvent.ParticipantLeft e -> "participantLeft";
            case RoomEvent.NewProducer e -> "newProducer";
            case RoomEvent.ProducerPaused e -> "producerPaused";
            case RoomEvent.ProducerResumed e -> "producerResumed";
            case RoomEvent.ProducerClosed e -> "producerClosed";
            case RoomEvent.TransportClosed e -> "transportClosed";
            case RoomEvent.ChatPosted e -> "chatMessage";
            case RoomEvent.ActiveSpeaker e -> "activeSpeaker";
            case RoomEvent.AudioLevels e -> "audioLevels";
            case RoomEvent.RoomClosed e -> "roomClosed";
        };
    }

    static ObjectNode body(RoomEvent event) {
        return switch (event) {
            case RoomEvent.ChatPosted(var message) -> Json.of(message);
            // The one place where nobody is said by null, and not by leaving out.
            case RoomEvent.ActiveSpeaker(var who) -> Json.object().put("participantId", who.orElse(null));
            default -> Json.of(event);
        };
    }
}
