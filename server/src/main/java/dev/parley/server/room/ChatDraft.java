package dev.parley.server.room;

import java.util.Optional;

/**
 * What somebody wants to say.
 *
 * @param id a UUID that the client made; the same again means the same message
 * @param text cleaned; empty only where there is a file
 * @param to the one participant who shall see it
 * @param fileId an upload of one's own
 */
public record ChatDraft(String id, String text, Optional<String> to, Optional<String> fileId) {}
