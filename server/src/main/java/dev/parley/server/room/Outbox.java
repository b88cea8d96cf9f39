package dev.parley.server.room;

/**
 * The way to one participant's client. Never blocks: it is called with the room locked, in the order that clients must
 * see.
 */
public interface Outbox {
    /** Tells the client. Dropped when the connection is gone. */
    void send(RoomEvent event);

    /** Ends the connection, because another one has taken its place. */
    void disconnect();
}
