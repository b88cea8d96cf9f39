package dev.parley.server.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What hosts can do in a room, and nobody else: each refuses who is no host with {@code state/not-host}, and finds only
 * people of this room. Thread-safe.
 */
public final class HostPowers {
    private final Room room;

    HostPowers(Room room) {
        this.room = room;
    }

    /** Refuses who is no host. */
    public void check(Participant self) {
        room.locked(() -> {
            requireHost(self);
            return self;
        });
    }

    /** Switches the lobby and the lock; what is empty stays. */
    public void configure(Participant self, Optional<Boolean> lobby, Optional<Boolean> locked) {
        room.locked(() -> {
            requireHost(self);
            var now = room.settings();
            var then = new RoomSettings(lobby.orElse(now.lobby()), locked.orElse(now.locked()));
            if (!then.equals(now)) {
                room.configure(then, self);
            }
            return then;
        });
    }

    /** Lets somebody in from the lobby, or all. Who finds no seat stays there, and {@code limit/reached} says so. */
    public void admit(Participant self, Optional<String> waitingId) {
        room.locked(() -> {
            requireHost(self);
            room.door().letIn(waitingId);
            return self;
        });
    }

    /** Sends somebody in the lobby away, or all. */
    public void deny(Participant self, Optional<String> waitingId) {
        room.locked(() -> {
            requireHost(self);
            room.door().sendAway(waitingId, RoomException.denied());
            room.door().tellHosts();
            return self;
        });
    }

    /** Makes somebody, or oneself, a host or a guest. */
    public void setRole(Participant self, String participantId, Role role) {
        room.locked(() -> {
            requireHost(self);
            var target = room.seats().of(participantId);
            if (target.role != role) {
                room.setRole(target, role, self);
            }
            return target;
        });
    }

    /** Pauses what somebody sends of the source; that person may resume it. */
    public void mute(Participant self, String participantId, Source source) {
        var target = room.locked(() -> {
            requireHost(self);
            return room.seats().of(participantId);
        });
        room.media().pauseByHost(self, target, source);
    }

    /** Pauses all microphones but those of hosts. */
    public void muteAll(Participant self) {
        List<Participant> guests = room.locked(() -> {
            requireHost(self);
            var all = new ArrayList<>(room.seats().taken());
            all.removeIf(participant -> participant.role == Role.HOST);
            return all;
        });
        guests.forEach(guest -> room.media().pauseByHost(self, guest, Source.MICROPHONE));
    }

    /** Asks somebody to send sound or a picture. */
    public void askToUnmute(Participant self, String participantId, Source source) {
        room.locked(() -> {
            requireHost(self);
            var target = room.seats().of(participantId);
            target.send(new RoomEvent.AskedToUnmute(source, self.id()));
            return target;
        });
    }

    /** Closes the screens that somebody shares, with their sound. */
    public void stopShare(Participant self, String participantId) {
        var target = room.locked(() -> {
            requireHost(self);
            return room.seats().of(participantId);
        });
        room.media().closeByHost(self, target, List.of(Source.SCREEN, Source.SCREEN_AUDIO));
    }

    /** Lowers somebody's raised hand, or all. */
    public void lowerHand(Participant self, Optional<String> participantId) {
        room.locked(() -> {
            requireHost(self);
            participantId.ifPresentOrElse(id -> room.talk().lowerHand(room.seats().of(id)), room.talk()::lowerHands);
            return self;
        });
    }

    /**
     * Takes somebody else out, for good: the session cannot be resumed. With {@code block}, whoever joins from the same
     * address later waits in the lobby.
     */
    public void remove(Participant self, String participantId, boolean block) {
        var target = room.locked(() -> {
            requireHost(self);
            var found = room.seats().of(participantId);
            if (found == self) {
                throw RoomException.invalid("Leave the room to remove yourself from it.");
            }
            if (block) {
                room.door().block(found.address());
            }
            found.send(new RoomEvent.Removed(self.id()));
            room.seats().expel(found);
            return found;
        });
        room.media().closeAllOf(target);
    }

    private void requireHost(Participant self) {
        room.checkPresent(self);
        if (self.role != Role.HOST) {
            throw RoomException.notHost();
        }
    }
}
