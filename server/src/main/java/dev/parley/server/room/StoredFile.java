package dev.parley.server.room;

import java.nio.file.Path;

/**
 * A file that was uploaded.
 *
 * @param id 128 random bits: who knows them may fetch it
 * @param name cleaned
 * @param type MIME type as the sender gave it
 * @param size bytes
 * @param path where it lies
 */
public record StoredFile(String id, String name, String type, long size, Path path) {}
