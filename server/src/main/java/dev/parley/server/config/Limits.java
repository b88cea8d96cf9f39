package dev.parley.server.config;

/**
 * Upper bounds of rooms and of what is in them.
 *
 * @param rooms rooms at once
 * @param participants participants in a room, those in their grace period included
 * @param producers streams that one participant sends
 * @param roomsPerMinute rooms that one address may create in a minute
 */
public record Limits(int rooms, int participants, int producers, int roomsPerMinute) {
    /** Transports of one participant: one to send, one to receive, and their successors after a reconnect. */
    public static final int TRANSPORTS = 4;

    /** Streams that one participant receives. */
    public static final int CONSUMERS = 1_024;

    /** Characters (UTF-16 units) of one chat message. */
    public static final int CHAT_TEXT = 2_000;

    /** Chat messages that a room remembers. */
    public static final int CHAT_HISTORY = 1_000;

    /** The defaults of the settings. */
    public static Limits defaults() {
        return new Limits(1_000, 100, 8, 30);
    }
}
