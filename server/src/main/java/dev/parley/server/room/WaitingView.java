package dev.parley.server.room;

/**
 * What hosts are told about somebody in the lobby.
 *
 * @param id by which a host admits or denies
 * @param name the cleaned name
 * @param since milliseconds since 1970
 */
public record WaitingView(String id, String name, long since) {}
