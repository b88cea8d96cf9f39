package dev.parley.server.room;

/**
 * A file that a message carries.
 *
 * @param id 128 random bits, which are also the secret in the URL
 * @param name cleaned
 * @param size bytes
 * @param type MIME type as the sender gave it
 * @param url a path on the server
 */
public record ChatFile(String id, String name, long size, String type, String url) {}
