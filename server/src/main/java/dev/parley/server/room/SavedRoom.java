package dev.parley.server.room;

import java.util.List;

/**
 * A room as it is kept on disk, so that it outlives the process.
 *
 * @param id the room's id
 * @param code the six digits; so few could not be hidden by a hash
 * @param hostHash of the host token
 * @param settings what hosts have switched
 * @param seats who is in it
 * @param savedAt when that was; milliseconds since 1970
 * @param emptyFor how long nobody had been in it then; milliseconds
 */
record SavedRoom(
        String id,
        String code,
        String hostHash,
        RoomSettings settings,
        List<SavedSeat> seats,
        long savedAt,
        long emptyFor) {
    /** The same room at a later moment. Time without a server counts as time without people. */
    SavedRoom agedTo(long now) {
        return new SavedRoom(
                id, code, hostHash, settings, seats, now, emptyFor + Math.max(0, now - savedAt));
    }
}
