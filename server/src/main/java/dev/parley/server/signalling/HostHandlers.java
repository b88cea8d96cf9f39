package dev.parley.server.signalling;

import dev.parley.server.room.Participant;
import dev.parley.server.room.RoomRegistry;

/** What only hosts may do; the room checks that. */
final class HostHandlers {
    private final RoomRegistry rooms;

    HostHandlers(RoomRegistry rooms) {
        this.rooms = rooms;
    }

    void handle(Participant self, Request.OfHost request, Answer answer) {
        var host = self.room().host();
        switch (request) {
            case Request.ConfigureRoom(var lobby, var locked) -> host.configure(self, lobby, locked);
            case Request.Admit(var waitingId) -> host.admit(self, waitingId);
            case Request.Deny(var waitingId) -> host.deny(self, waitingId);
            case Request.SetRole(var participantId, var role) -> host.setRole(self, participantId, role);
            case Request.Mute(var participantId, var source) -> host.mute(self, participantId, source);
            case Request.MuteAll all -> host.muteAll(self);
            case Request.AskToUnmute(var participantId, var source) ->
                host.askToUnmute(self, participantId, source);
            case Request.StopShare(var participantId) -> host.stopShare(self, participantId);
            case Request.LowerHand(var participantId) -> host.lowerHand(self, participantId);
            case Request.Remove(var participantId, var block) -> host.remove(self, participantId, block);
            case Request.EndRoom end -> rooms.end(self);
        }
        answer.ok();
    }
}
