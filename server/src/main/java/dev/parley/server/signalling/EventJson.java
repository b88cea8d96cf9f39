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
            case RoomEvent.ServerClosing e -> "serverClosing";
            case RoomEvent.Admitted e -> "admitted";
            case RoomEvent.Denied e -> "denied";
            case RoomEvent.WaitingChanged e -> "waitingChanged";
            case RoomEvent.RoleChanged e -> "roleChanged";
            case RoomEvent.RoomChanged e -> "roomChanged";
            case RoomEvent.ConnectionChanged e -> "connectionChanged";
            case RoomEvent.HandsChanged e -> "handsChanged";
            case RoomEvent.Reaction e -> "reaction";
            case RoomEvent.OwnProducerPaused e -> "ownProducerPaused";
            case RoomEvent.OwnProducerClosed e -> "ownProducerClosed";
            case RoomEvent.AskedToUnmute e -> "askedToUnmute";
            case RoomEvent.Removed e -> "removed";
            case RoomEvent.Replaced e -> "replaced";
        };
    }

    static ObjectNode body(RoomEvent event) {
        return switch (event) {
            case RoomEvent.ChatPosted(var message) -> Json.of(message);
            case RoomEvent.Admitted(var snapshot) -> SnapshotJson.joined(snapshot);
            case RoomEvent.ServerClosing nothing -> Json.object();
            case RoomEvent.Replaced nothing -> Json.object();
            // The one place where nobody is said by null, and not by leaving out.
            case RoomEvent.ActiveSpeaker(var who) -> Json.object().put("participantId", who.orElse(null));
            default -> Json.of(event);
        };
    }
}
