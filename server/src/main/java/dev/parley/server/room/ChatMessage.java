package dev.parley.server.room;

/**
 * One message of a room's chat.
 *
 * @param seq its number in the room, from 1, without gaps
 * @param id the id that the sender's client made
 * @param participantId who sent it
 * @param name the sender's name then
 * @param text plain text, never markup
 * @param time milliseconds since 1970
 */
public record ChatMessage(long seq, String id, String participantId, String name, String text, long time) {}
