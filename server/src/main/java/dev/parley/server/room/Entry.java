package dev.parley.server.room;

/** How a request to join ends well. */
public sealed interface Entry {
    /**
     * In the room.
     *
     * @param snapshot exact now; every later change is told
     */
    record Seated(Snapshot snapshot) implements Entry {}

    /**
     * In the lobby: {@link RoomEvent.Admitted} or {@link RoomEvent.Denied} will be told.
     *
     * @param waiter to be withdrawn when the connection ends
     */
    record Waiting(Waiter waiter) implements Entry {}
}
