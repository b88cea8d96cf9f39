package dev.parley.server.room;

/**
 * What hosts may switch.
 *
 * @param lobby those who join wait until a host lets them in
 * @param locked nobody new comes in
 */
public record RoomSettings(boolean lobby, boolean locked) {
    static final RoomSettings OPEN = new RoomSettings(false, false);
}
