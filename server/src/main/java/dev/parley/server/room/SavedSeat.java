package dev.parley.server.room;

/**
 * A seat as it is kept on disk.
 *
 * @param id the participant's id
 * @param name the cleaned name
 * @param role host or guest
 * @param sessionHash of the session token
 */
record SavedSeat(String id, String name, Role role, String sessionHash) {}
